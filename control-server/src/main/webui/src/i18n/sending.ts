/** What is said of what is sent to somebody, such as events and notifications. */
export const sendingJa = {
  sending: {
    running: '稼働',
    paused: '休止',
    failing: '失敗 {{count}} 回',
    pause: '休止',
    resume: '再開',
    edit: '変更',
    remove: '削除',
    secretTitle: '署名の鍵',
    secretBody: '鍵が表示されるのは今だけです。受信側に設定してください。',
  },
};

export const sendingEn: typeof sendingJa = {
  sending: {
    running: 'Running',
    paused: 'Paused',
    failing: 'Failed {{count}} times',
    pause: 'Pause',
    resume: 'Resume',
    edit: 'Change',
    remove: 'Delete',
    secretTitle: 'Key of the signature',
    secretBody: 'The key is shown only now. Give it to the receiver.',
  },
};
