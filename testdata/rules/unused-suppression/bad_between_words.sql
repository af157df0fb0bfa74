-- config: select=all
CREATE /* tusklint: ignore[TL101] kept apart */TABLE casks (id bigint PRIMARY KEY);
--     ^ expect: unused-suppression
CREATE/* tusklint: ignore[TL101] nothing else keeps them apart */TABLE staves (id bigint PRIMARY KEY);
--    ^ expect: unused-suppression
