ALTER TABLE harvests ADD PRIMARY /* tusklint: ignore[TL101] small */KEY (id);
