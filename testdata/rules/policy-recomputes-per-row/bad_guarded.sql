CREATE SCHEMA yard;
CREATE TABLE yard.papers (
    id bigint PRIMARY KEY,
    shelf text NOT NULL,
    title text NOT NULL,
    owner uuid,
    UNIQUE (shelf, title)
);
CREATE UNIQUE INDEX papers_open ON yard.papers (owner) WHERE title = 'open';

CREATE POLICY one ON yard.papers USING (shelf = 'b' AND papers.title = 'x'::text AND owner = auth.uid());
--                                                                                           ^ expect: policy-recomputes-per-row: by papers_shelf_title_key that is one row at most
ALTER POLICY one ON yard.papers USING (('x' = title AND shelf = 'b') AND (owner IS NULL OR owner = auth.uid()));
-- expect: policy-recomputes-per-row: one row at most
CREATE POLICY few ON yard.papers USING (shelf = 'b' AND owner = auth.uid());
-- expect: policy-recomputes-per-row: every row that gets as far as this condition.
-- Of several policies each is read from the left.
CREATE POLICY last ON yard.papers USING (owner = auth.uid() AND shelf = 'b' AND title = 'x');
-- expect: policy-recomputes-per-row: every row that gets as far as this condition.
CREATE POLICY either ON yard.papers USING ((shelf = 'b' AND title = 'x') OR owner = auth.uid());
-- expect: policy-recomputes-per-row: every row that the policy looks at.
CREATE POLICY none ON yard.papers USING (shelf <> 'b' AND title = NULL AND owner = auth.uid());
-- expect: policy-recomputes-per-row: every row that the policy looks at.
