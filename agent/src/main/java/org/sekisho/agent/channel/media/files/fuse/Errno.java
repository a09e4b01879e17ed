package org.sekisho.agent.channel.media.files.fuse;

/** Error numbers of Linux, as errno(3) names them. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EIO(5),
    EBADF(9),
    EACCES(13),
    EEXIST(17),
    EXDEV(18),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    EFBIG(27),
    ENOSPC(28),
    EROFS(30),
    ENAMETOOLONG(36),
    ENOSYS(38),
    ENOTEMPTY(39),
    EILSEQ(84),
    EOPNOTSUPP(95),
    ESTALE(116);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
