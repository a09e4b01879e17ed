package org.sekisho.agent.channel.media;

import java.util.Map;
import java.util.Set;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.MediaSuspicion;

/**
 * What is known besides a device's own description when it is decided about.
 *
 * @param answers what the person has said of this plugging-in
 * @param reached there is somebody to ask
 * @param observeOnly nothing is to be stopped whatever is decided
 */
record Known(
        Encryption encryption,
        Set<MediaSuspicion> suspicions,
        Map<Question, Answer> answers,
        boolean reached,
        boolean observeOnly) {
    Known with(Encryption other) {
        return new Known(other, suspicions, answers, reached, observeOnly);
    }
}
