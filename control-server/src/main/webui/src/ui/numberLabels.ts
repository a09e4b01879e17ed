/** What the detectors find, as events and policies name it. */
export const NUMBER_LABELS = ['my_number', 'corporate_number', 'drivers_license', 'resident_code', 'pension_number'] as const;
