SELECT delivery_id, count(*) AS bins, sum(net_kg) AS net_kg FROM bins WHERE delivery_id = ANY('{5988,5989,5990,5991}') GROUP BY delivery_id;
