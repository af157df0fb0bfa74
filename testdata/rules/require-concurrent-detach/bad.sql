ALTER TABLE legs DETACH PARTITION legs_2025;
-- expect: require-concurrent-detach: legs
ALTER TABLE IF EXISTS public.legs DETACH PARTITION public.legs_2025 ;
-- expect: require-concurrent-detach: legs
ALTER TABLE nobody DETACH PARTITION knows;
-- expect: require-concurrent-detach: nobody
