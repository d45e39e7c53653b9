-- Organisations: trusts and other registered persons.
CREATE TABLE IF NOT EXISTS org (
    org_id            BIGINT       NOT NULL AUTO_INCREMENT,
    code              VARCHAR(8)   NOT NULL COMMENT 'ODS code',
    name              VARCHAR(200) NOT NULL,
    jurisdiction      SMALLINT     NOT NULL COMMENT 'code',
    kind              SMALLINT     NOT NULL COMMENT 'code: health service body or other',
    opened_on         INT          NOT NULL COMMENT 'day',
    closed_on         INT          NOT NULL COMMENT 'day',
    successor_code    VARCHAR(8)   NULL COMMENT 'after a merger',
    member_from       INT          NOT NULL COMMENT 'day: member of the clinical scheme',
    member_to         INT          NOT NULL COMMENT 'day',
    nhs_contract      SMALLINT     NOT NULL COMMENT '0 unsaid, 1 yes, 2 no',
    target_opinion_wd SMALLINT     NOT NULL COMMENT 'house limits in working days, 0: the policy''s own',
    target_talk_wd    SMALLINT     NOT NULL,
    target_note_wd    SMALLINT     NOT NULL,
    target_letter_wd  SMALLINT     NOT NULL,
    target_results_wd SMALLINT     NOT NULL,
    version           INT          NOT NULL,
    created_at        BIGINT       NOT NULL COMMENT 'instant',
    PRIMARY KEY (org_id),
    UNIQUE KEY org_code (code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
