SELECT id, barcode, net_kg, grade FROM bins WHERE graded_by = 'lena' AND graded_at >= '2026-11-19 00:00+00' AND graded_at < '2026-11-20 00:00+00' ORDER BY graded_at;
