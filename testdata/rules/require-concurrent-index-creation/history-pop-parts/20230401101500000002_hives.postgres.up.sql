INSERT INTO "hives" ("id", "queen") SELECT gen_random_uuid(), 'Ada' FROM generate_series(1, 9);
