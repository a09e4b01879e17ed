package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StorageSignatureTest {
    @Test
    void encryptedVolumesAreRecognised() {
        assertThat(StorageSignature.isEncrypted(sector(0, "4c554b53babe0001"))).isTrue();
        assertThat(StorageSignature.isEncrypted(sector(0, "4c554b53babe0002"))).isTrue();
        assertThat(StorageSignature.isEncrypted(sector(0, "eb58902d4656452d46532d")))
                .isTrue();
        byte[] toGo = sector(0, "eb58904d5357494e342e31");
        assertThat(StorageSignature.isEncrypted(toGo))
                .as("FAT32 made by Windows")
                .isFalse();
        byte[] id = HexFormat.of().parseHex("3bd66749292ed84a8399f6a339e3d001");
        System.arraycopy(id, 0, toGo, 424, id.length);
        assertThat(StorageSignature.isEncrypted(toGo)).as("BitLocker To Go").isTrue();
    }

    @Test
    void othersAreNot() {
        assertThat(StorageSignature.isEncrypted(new byte[512])).isFalse();
        assertThat(StorageSignature.isEncrypted(new byte[0])).isFalse();
        assertThat(StorageSignature.isEncrypted(sector(0, "4c554b53babe0009"))).isFalse();
        assertThat(StorageSignature.isEncrypted(sector(1, "4c554b53babe0001"))).isFalse();
        assertThat(StorageSignature.isEncrypted(HexFormat.of().parseHex("4c554b53babe")))
                .isFalse();
    }

    private static byte[] sector(int at, String hex) {
        byte[] sector = new byte[512];
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, sector, at, bytes.length);
        return sector;
    }
}
