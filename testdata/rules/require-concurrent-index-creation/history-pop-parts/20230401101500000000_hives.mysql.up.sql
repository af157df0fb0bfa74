CREATE TABLE `hives` (id int);
