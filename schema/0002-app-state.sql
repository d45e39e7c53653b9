-- One row: the version of the schema, versions of what children cache, and the head of the system chain.
CREATE TABLE IF NOT EXISTS app_state (
    id              TINYINT    NOT NULL COMMENT 'always 1',
    schema_version  INT        NOT NULL COMMENT 'number of the last migration',
    orgs_version    INT        NOT NULL,
    holidays_version INT       NOT NULL,
    schemes_version INT        NOT NULL,
    system_seq      INT        NOT NULL COMMENT 'last entry of the chain of users, trusts, holidays and schemes',
    system_head     BINARY(32) NOT NULL COMMENT 'its hash',
    system_mac      BINARY(32) NULL COMMENT 'HMAC of both under the key file; NULL: the chain has no entry yet',
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
