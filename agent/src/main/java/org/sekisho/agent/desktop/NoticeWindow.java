package org.sekisho.agent.desktop;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.sekisho.agent.text.Texts;

/** One window with a text, and where a reason is asked for, a field to type it in. Shown once. */
final class NoticeWindow {
    private static final int COLUMNS = 36;
    private static final int MARGIN = 12;
    private static final int FONT_POINTS = 15;
    /** As desktop.proto has it. */
    private static final int REASON_CHARACTERS = 1_000;

    private final NoticeText notice;
    private final Texts texts;
    private final CompletableFuture<Optional<String>> closed = new CompletableFuture<>();
    private final JTextArea reason = new JTextArea(3, COLUMNS);

    NoticeWindow(NoticeText notice) {
        this.notice = notice;
        this.texts = Texts.beside(NoticeWindow.class, notice.language());
    }

    /** Shows it until the user closes it or its time is up; the reason that was typed, if one was. */
    Optional<String> show() throws InterruptedException, InvocationTargetException {
        JFrame[] frame = new JFrame[1];
        SwingUtilities.invokeAndWait(() -> frame[0] = build());
        try {
            return closed.get(notice.seconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a window can't fail to close", e);
        } finally {
            SwingUtilities.invokeAndWait(() -> frame[0].dispose());
        }
    }

    private JFrame build() {
        JFrame frame = new JFrame(texts.of("notice.title"));
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                closed.complete(Optional.empty());
            }

            @Override
            public void windowOpened(WindowEvent event) {
                reason.requestFocusInWindow();
            }
        });
        JPanel content = new JPanel(new BorderLayout(MARGIN, MARGIN));
        content.setBorder(BorderFactory.createEmptyBorder(MARGIN, MARGIN, MARGIN, MARGIN));
        content.add(message(), BorderLayout.NORTH);
        if (notice.asksForReason()) {
            reason.setFont(font());
            reason.setLineWrap(true);
            reason.getAccessibleContext().setAccessibleName(texts.of("notice.reason"));
            content.add(new JScrollPane(reason), BorderLayout.CENTER);
        }
        content.add(buttons(frame), BorderLayout.SOUTH);
        frame.setContentPane(content);
        frame.setAlwaysOnTop(true);
        frame.setAutoRequestFocus(notice.asksForReason());
        frame.pack();
        frame.setMinimumSize(new Dimension(frame.getWidth(), frame.getHeight()));
        frame.setLocationRelativeTo(null);
        frame.setVisible(true);
        return frame;
    }

    private JTextArea message() {
        JTextArea message = new JTextArea(notice.text());
        message.setFont(font());
        message.setColumns(COLUMNS);
        message.setLineWrap(true);
        message.setEditable(false);
        message.setOpaque(false);
        message.setFocusable(false);
        message.setSize(message.getPreferredSize());
        return message;
    }

    private JPanel buttons(JFrame frame) {
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
        if (notice.asksForReason()) {
            JButton give = button("notice.give");
            give.addActionListener(event -> {
                if (typed().isPresent()) {
                    closed.complete(typed());
                } else {
                    reason.requestFocusInWindow();
                }
            });
            buttons.add(give);
            frame.getRootPane().setDefaultButton(give);
        }
        JButton close = button(notice.asksForReason() ? "notice.decline" : "notice.close");
        close.addActionListener(event -> closed.complete(Optional.empty()));
        buttons.add(close);
        return buttons;
    }

    private Optional<String> typed() {
        String text = reason.getText().strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(text.substring(0, Math.min(REASON_CHARACTERS, text.length())));
    }

    private JButton button(String key) {
        JButton button = new JButton(texts.of(key));
        button.setFont(font());
        return button;
    }

    private static Font font() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, FONT_POINTS);
    }
}
