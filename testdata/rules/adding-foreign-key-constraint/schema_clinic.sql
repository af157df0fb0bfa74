CREATE SCHEMA hr;
CREATE TABLE patients (id bigint PRIMARY KEY, born date);
CREATE TABLE hr."Staff" (id bigint PRIMARY KEY, ward_id integer, lead_id bigint);
CREATE TABLE wards (id integer PRIMARY KEY, floor smallint);
CREATE TABLE stays (
    id bigint PRIMARY KEY,
    patient_id bigint NOT NULL,
    ward_id integer,
    nurse_id bigint,
    since date
);
CREATE TABLE doses (id bigint, given_on date NOT NULL, stay_id bigint) PARTITION BY RANGE (given_on);
CREATE TABLE beds (ward integer, no integer, PRIMARY KEY (ward, no));
CREATE TABLE booked (ward integer, bed integer);
