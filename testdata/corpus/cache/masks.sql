CREATE TABLE ${schema}.names (id bigint);
CREATE TABLE "{{ index .Options }}".users (id bigint);
