-- GET /daily-pot of somebody who has one.
SELECT
  user_id,
  total_credits,
  uploads_today,
  uploads_required,
  uploads_today >= uploads_required as is_unlocked,
  last_claim_date = CURRENT_DATE as has_claimed_today,
  CASE
    WHEN last_claim_date IS NOT NULL THEN TO_CHAR(last_claim_date, 'YYYY-MM-DD')
    ELSE NULL
  END as last_claim_date
FROM daily_pots
WHERE user_id = $1;

-- GET /daily-pot of a newcomer.
INSERT INTO daily_pots (user_id, total_credits, uploads_today, uploads_required, last_claim_date)
VALUES ($1, 0, 0, 5, NULL)
RETURNING
  user_id,
  total_credits,
  uploads_today,
  uploads_required,
  uploads_today >= uploads_required as is_unlocked,
  last_claim_date = CURRENT_DATE as has_claimed_today,
  CASE
    WHEN last_claim_date IS NOT NULL THEN TO_CHAR(last_claim_date, 'YYYY-MM-DD')
    ELSE NULL
  END as last_claim_date;

-- At midnight.
UPDATE daily_pots
SET uploads_today = 0
WHERE last_claim_date < CURRENT_DATE
  AND uploads_today > 0;
