SELECT id FROM shops WHERE chain_id = $1;
