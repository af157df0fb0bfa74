/* @name FindAuthors
   @param ids -> (...) */
SELECT id FROM authors WHERE country IN :ids AND lower(name) = :name!;
--                                               ^ expect: function-on-filtered-column
