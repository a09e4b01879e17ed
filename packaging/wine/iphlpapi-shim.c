/*
 * What Wine 8's iphlpapi.dll lacks and the JDK's net.dll imports: without this one function the DLL does not load, and
 * whatever touches SecureRandom or a socket ends the Windows JVM. Every other export is forwarded to Wine's own DLL by the
 * .def file that prepare.sh writes.
 */
#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>

/* netioapi.h's MIB_ANYCASTIPADDRESS_TABLE begins with the count; the rows are not there, so their layout does not matter. */
struct anycast_table {
    ULONG entries;
    void *padding;
};

/* Declared in netioapi.h; the caller frees the table with FreeMibTable. */
__declspec(dllexport) DWORD WINAPI GetAnycastIpAddressTable(USHORT family, struct anycast_table **table)
{
    if (!table || (family != AF_INET && family != AF_INET6 && family != AF_UNSPEC)) {
        return ERROR_INVALID_PARAMETER;
    }
    /* Wine's FreeMibTable gives it back to the process's heap. */
    *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(**table));
    return *table ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}
