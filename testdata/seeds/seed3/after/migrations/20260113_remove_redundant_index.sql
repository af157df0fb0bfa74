-- Remove redundant index (user_id is already PRIMARY KEY)
DROP INDEX IF EXISTS idx_daily_pots_user_id;
-- expect: require-concurrent-index-deletion

-- Verify remaining indexes are optimal
COMMENT ON INDEX idx_daily_pots_last_claim IS 'Index for daily reset queries and claim eligibility checks';
