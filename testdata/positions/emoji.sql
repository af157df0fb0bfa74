/* 🍎🍏 baskets */ CREATE INDEX "fruit_🍐_idx" ON baskets ("größe");
-- 👩‍🌾 counts as three code points, é as two
SELECT '👩‍🌾 é'; CREATE INDEX b ON baskets (id);
