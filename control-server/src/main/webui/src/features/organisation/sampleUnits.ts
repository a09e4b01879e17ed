/** The departments that a city commonly has; to begin with, and to be changed. */
export const SAMPLE_UNITS = [
  '市長部局',
  '教育委員会',
  '選挙管理委員会',
  '監査委員',
  '公平委員会',
  '農業委員会',
  '固定資産評価審査委員会',
  '水道局',
  '消防本部',
  '議会事務局',
] as const;
