ALTER TABLE legs DETACH PARTITION legs_2025 CONCURRENTLY;
-- expect: require-concurrent-detach: legs
ALTER TABLE IF EXISTS public.legs DETACH PARTITION public.legs_2025 CONCURRENTLY ;
-- expect: require-concurrent-detach: legs
ALTER TABLE nobody DETACH PARTITION knows CONCURRENTLY;
-- expect: require-concurrent-detach: nobody
