-- 🧺
CREATE INDEX a ON baskets (id); -- no newline at the end, and a second:  
 /* 🧺 */ CREATE INDEX b ON baskets (id);