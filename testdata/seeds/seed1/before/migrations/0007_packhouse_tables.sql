CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

BEGIN;

-- Running upgrade  -> 0007

CREATE TABLE packhouses (
    id VARCHAR(36) NOT NULL, 
    name VARCHAR(120) NOT NULL, 
    PRIMARY KEY (id)
);

CREATE TABLE growers (
    id VARCHAR(36) NOT NULL, 
    name VARCHAR(120) NOT NULL, 
    grower_code VARCHAR(50), 
    PRIMARY KEY (id)
);

CREATE TABLE batches (
    id VARCHAR(36) NOT NULL, 
    batch_code VARCHAR(50) NOT NULL, 
    grower_id VARCHAR(36) NOT NULL, 
    packhouse_id VARCHAR(36) NOT NULL, 
    fruit_type VARCHAR(50) NOT NULL, 
    variety VARCHAR(100), 
    harvest_date TIMESTAMP WITH TIME ZONE, 
    intake_date TIMESTAMP WITH TIME ZONE NOT NULL, 
    net_weight_kg NUMERIC(10, 2), 
    status VARCHAR(30) DEFAULT 'received' NOT NULL, 
    is_deleted BOOLEAN DEFAULT false NOT NULL, 
    PRIMARY KEY (id), 
    UNIQUE (batch_code), 
    FOREIGN KEY(packhouse_id) REFERENCES packhouses (id)
);

CREATE INDEX ix_batches_packhouse_id ON batches (packhouse_id);

CREATE TABLE batch_history (
    id VARCHAR(36) NOT NULL, 
    batch_id VARCHAR(36) NOT NULL, 
    event_type VARCHAR(50) NOT NULL, 
    event_data JSONB, 
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
    PRIMARY KEY (id, recorded_at)
);

CREATE TABLE grower_payments (
    id VARCHAR(36) NOT NULL, 
    grower_id VARCHAR(36) NOT NULL, 
    amount NUMERIC(12, 2) NOT NULL, 
    currency VARCHAR(3) DEFAULT 'ZAR' NOT NULL, 
    paid_date DATE NOT NULL, 
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('0007') RETURNING alembic_version.version_num;

COMMIT;
