package org.sekisho.agent.desktop;

/** Says on standard output who is in front, as logind has it. */
final class FrontSessionMain {
    private FrontSessionMain() {}

    public static void main(String[] arguments) {
        System.out.println(FrontSession.now().map(FrontSession::toString).orElse("nobody"));
    }
}
