package org.sekisho.agent.channel.media;

/**
 * Is told of the volumes of devices that are let in. Called on the media guard's thread, one call at a time: what takes
 * longer than a few milliseconds belongs elsewhere, but for {@link #withdrawn}, which may sync and unmount first.
 */
public interface VolumeListener {

    /**
     * A volume is there and may be used. Told again with another {@code readOnly} when the decision has changed; the
     * volume told of before was withdrawn first.
     */
    void appeared(MediaVolume volume);

    /**
     * A volume is no more to be used. When that is the guard's doing, it is called before the device is de-authorised,
     * which waits for the return; when the device was pulled, after the fact.
     */
    void withdrawn(MediaVolume volume);

    /** Nobody listens. */
    static VolumeListener none() {
        return new VolumeListener() {
            @Override
            public void appeared(MediaVolume volume) {}

            @Override
            public void withdrawn(MediaVolume volume) {}
        };
    }
}
