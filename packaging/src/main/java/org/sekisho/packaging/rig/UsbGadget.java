package org.sekisho.packaging.rig;

import java.io.IOException;

/**
 * A USB device made inside a virtual machine by the kernel itself (configfs on dummy_hcd), of any identity and any set of
 * functions; its host controller appears with the first one. One at a time is plugged in.
 */
public final class UsbGadget {
    /** Boot keyboard, as HID 1.11, appendix B.1, has it. */
    private static final String KEYBOARD_REPORT =
            "05010906a101050719e029e71500250175019508810295017508810395057501050819"
                    + "012905910295017503910395067508150025650507190029658100c0";

    private final VirtualMachine machine;
    private final String folder;

    private UsbGadget(VirtualMachine machine, String folder) {
        this.machine = machine;
        this.folder = folder;
    }

    /** A device that is not plugged in yet and has no function. */
    public static UsbGadget make(
            VirtualMachine machine, String name, String vendor, String product, String serial, String words)
            throws IOException, InterruptedException {
        UsbGadget gadget = new UsbGadget(machine, "/sys/kernel/config/usb_gadget/" + name);
        machine.output("""
                modprobe -a dummy_hcd libcomposite
                mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
                mkdir -p %1$s/strings/0x409 %1$s/configs/c.1
                echo 0x%2$s >%1$s/idVendor; echo 0x%3$s >%1$s/idProduct
                echo '%4$s' >%1$s/strings/0x409/serialnumber; echo '%5$s' >%1$s/strings/0x409/product
                """.formatted(gadget.folder, vendor, product, serial, words));
        return gadget;
    }

    /** With a disk of 16 MiB; {@code removable} as in card readers. */
    public UsbGadget storage(boolean removable) throws IOException, InterruptedException {
        machine.output("""
                modprobe usb_f_mass_storage
                truncate -s 16M /run/gadget.img
                mkdir %1$s/functions/mass_storage.0
                echo %2$d >%1$s/functions/mass_storage.0/lun.0/removable
                echo /run/gadget.img >%1$s/functions/mass_storage.0/lun.0/file
                ln -s %1$s/functions/mass_storage.0 %1$s/configs/c.1/
                """.formatted(folder, removable ? 1 : 0));
        return this;
    }

    /** With a boot keyboard. */
    public UsbGadget keyboard() throws IOException, InterruptedException {
        machine.output("""
                modprobe usb_f_hid
                mkdir %1$s/functions/hid.0
                cd %1$s/functions/hid.0
                echo 1 >protocol; echo 1 >subclass; echo 8 >report_length
                printf '%2$s' >report_desc
                ln -s %1$s/functions/hid.0 %1$s/configs/c.1/
                """.formatted(folder, KEYBOARD_REPORT.replaceAll("..", "\\\\x$0")));
        return this;
    }

    /** Plugs it in. */
    public void plug() throws IOException, InterruptedException {
        machine.output("echo dummy_udc.0 >%s/UDC".formatted(folder));
    }

    /** Pulls it out and plugs it in again at once, with another serial number. */
    public void replugAs(String serial) throws IOException, InterruptedException {
        machine.output("cd %s; echo '' >UDC; echo '%s' >strings/0x409/serialnumber; echo dummy_udc.0 >UDC"
                .formatted(folder, serial));
    }

    /**
     * Plugs it in and pulls it out, as often as said, each as soon as the kernel has done the other; ends with it pulled out.
     */
    public void storm(int plugs) throws IOException, InterruptedException {
        machine.output("""
                cd %s
                device() { compgen -G '/sys/devices/platform/dummy_hcd.0/usb*/*-1/descriptors' >/dev/null; }
                for ((i = 0; i < %d; i++)); do
                  echo dummy_udc.0 >UDC; until device; do read -r -t 0.005 <> <(:) || true; done
                  echo '' >UDC; while device; do read -r -t 0.005 <> <(:) || true; done
                done
                """.formatted(folder, plugs));
    }

    /** Pulls it out and forgets it. */
    public void unplug() throws IOException, InterruptedException {
        machine.output("""
                cd /; [ -z "$(cat %1$s/UDC)" ] || echo '' >%1$s/UDC
                rm %1$s/configs/c.1/*.0
                rmdir %1$s/configs/c.1 %1$s/functions/* %1$s/strings/0x409 %1$s
                """.formatted(folder));
    }
}
