--liquibase formatted sql
CREATE TABLE fields (id bigint PRIMARY KEY)
-- expect: statement-before-marker
--changeset ann:1
CREATE TABLE harvests (id bigint PRIMARY KEY);
