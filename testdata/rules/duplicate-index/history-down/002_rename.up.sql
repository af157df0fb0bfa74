ALTER INDEX kennels_name_again_idx RENAME TO kennels_named_idx;
