CREATE TABLE `a` (`id` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;
--           ^ expect: syntax-error: MySQL
CREATE TABLE `b` (`id` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;
