-- A casebook as version 1 wrote it and versions 2 to 9 took it over, statement by statement. Frozen: never edit it, add the next version beside it.
PRAGMA foreign_keys = ON;
-- Days are counted from 0001-01-01 = 1 (Python's ordinal). Every table names its rows by `number`; ids are those of the record.

CREATE TABLE outlet (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    outlet INTEGER NOT NULL REFERENCES outlet,
    language TEXT NOT NULL,
    published INTEGER,              -- first day that its publication may have been on
    current INTEGER NOT NULL,       -- 1 while it is the version of some key, 0 once it is superseded
    article INTEGER NOT NULL,       -- number of the first document of this article: versions and near copies share it
    code_version TEXT NOT NULL,     -- of the code that made the reading
    added_at TEXT NOT NULL
);
CREATE INDEX document_outlet ON document (outlet);
CREATE TABLE body (                 -- zlib: msgspec JSON of the reading, of what is known of the document and its blocks, and the text
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    text BLOB NOT NULL,
    head BLOB NOT NULL,
    reading BLOB NOT NULL
);
CREATE TABLE key (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, document INTEGER NOT NULL REFERENCES document);
CREATE INDEX key_document ON key (document);
CREATE TABLE version (
    key INTEGER NOT NULL REFERENCES key,
    document INTEGER NOT NULL REFERENCES document,
    first_at TEXT NOT NULL,
    PRIMARY KEY (key, document)
) WITHOUT ROWID;
CREATE TABLE problem (document TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (document, stage, reason));
-- Claims of current documents, in the columns that are filtered and blocked on.
CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    groups INTEGER NOT NULL,        -- one bit for each group of comparable types
    mode TEXT,
    acled TEXT,
    day INTEGER NOT NULL,           -- where it stands among the claims under one block; undated ones last
    day_from INTEGER,               -- the days on which its event may have been, tolerance included
    day_to INTEGER,
    dated TEXT NOT NULL,            -- own, published (derived from the publication), none
    place TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    placed TEXT NOT NULL,           -- own, document (derived from the article), none
    factuality TEXT NOT NULL,
    stage TEXT NOT NULL,
    voice TEXT NOT NULL,            -- the kind of source that carries it
    tie INTEGER NOT NULL,           -- the order of claims of one day, by content and not by arrival
    blocks BLOB NOT NULL            -- its blocks, four bytes each
);
CREATE INDEX claim_document ON claim (document);
CREATE TABLE actor (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE claim_actor (
    claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
    actor INTEGER NOT NULL REFERENCES actor,
    role TEXT NOT NULL,
    PRIMARY KEY (claim, actor, role)
) WITHOUT ROWID;
CREATE INDEX claim_actor_actor ON claim_actor (actor);
CREATE TABLE block (
    block INTEGER NOT NULL,
    day INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    PRIMARY KEY (block, day, tie, claim)
) WITHOUT ROWID;
-- Fingerprints of lines, to find what recurs over the articles of an outlet; the longest lines find near copies.
CREATE TABLE line (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    print TEXT NOT NULL,
    PRIMARY KEY (document, print)
) WITHOUT ROWID;
CREATE TABLE long_line (hash INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (hash, document)) WITHOUT ROWID;
-- Folded words and stems of titles and texts, without what is chrome or leads to other articles. Python folds and parts the words, so that
-- excerpts mark exactly what was found: the tokenizer only splits at blanks. Nothing is ever taken out of an index without content, therefore
-- a document whose words change gets a new passage and the old one belongs to none.
CREATE TABLE passage (number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE REFERENCES document, hash BLOB NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (title, text, title_stems, text_stems, content = '', tokenize = 'ascii');
-- Decisions of people: appended, never changed.
CREATE TABLE review (
    number INTEGER PRIMARY KEY,
    left_document TEXT NOT NULL, left_claim TEXT NOT NULL,
    right_document TEXT NOT NULL, right_claim TEXT NOT NULL,
    judgement TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE TRIGGER review_kept_on_update BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'reviews are never changed: add another'); END;
CREATE TRIGGER review_kept_on_delete BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'reviews are never taken away: add another'); END;
PRAGMA application_id = 1380142933;
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
INSERT INTO document (number, id, outlet, language, published, current, article, code_version, added_at) SELECT next, '8c89bee33cef5b80', (SELECT number FROM outlet WHERE name = 'Le Courrier'), 'fr', 707226, 0, coalesce(NULL, next), '1', '2026-11-21T12:00:00+00:00' FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM document);
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
UPDATE document SET code_version = '1', language = 'fr', published = 707226, outlet = (SELECT number FROM outlet WHERE name = 'Le Courrier') WHERE number = 1;
INSERT OR REPLACE INTO body (document, text, head, reading) VALUES (1, x'789c732f4d2dcacb4c4e5448cacf4d4a2c4a39bc32958bcb25b55821b12c333faf58213faf4401285852549a59a29093a85096999393aa90539a9792a9c70500d8dc170d', x'789c6d904b6ec3300c44af1268ed14fe44b1e56d16ddf406455050141d0b51e442968206810fd473f462a51af48322cb99792247bc0aeb8749f457618de845879dd2444d833448dd95a21047ba70000ff12db27a8538fe912938d1fbe45c21a6141d45ce9e68b59b52089602130efc21c1813818b28e9631168f8982b7082b3d9d3404f3f14e797cd2cece2399dce80c2e65b4524dbb2e37ebba65c240a4973942887713f2e6bf4f676bc8639e74a2088c01bb08ded8fc6416fdf37e616384001829b0215521e6116ab9bd731382cd96b092157b28db5a955587041de94d376c8d295b436ad08850d7b2d12878b876131ef3a6ab38daaf8ab73bf09adb574aee99fd4a2dc50fa32773f945ea6f46aa65bf7c02aed78767', x'789ced544b6edb3010bd4ac16d6dc792fcd52e088a6eb24bba0a8c60448e6cc2146950641a23c8817a8e5eac33926c2bb1baecae3b71f4e6f7deccbc895aeeb002910b8fd2c503de7804a5edf6261123a19c8c15da20f237a115815672b52e10b34c62392f5653c2ecf1483f60125e03bd0e1076bd67f446e4361a33122e06831449dce3973b17bdd7e80961c06e236c917e94fc0e9a60f4f81ed15b2de14be1aa02bcfafd0b397c2c8cae77a8b8a2173091a1c93a5b8ea7b371bae49221e0731dc087c13f68d5673bbe68855672a40a03100cc82ac12acd2eb5c89f36ef64d8810719d09361be1e897a07e97c31c009c26c813299276493f365ba9e262b89b0c262b62a174a4d970ad7652125a4e93c2ba4a0e0857172cf99dec45e3725b63c509ab69529d5c9f664fd3e3a630aa78e17487ac2ccd7ef9b9160ddb4b31f821e0c480eaacf8f7c3aceaeb364a403be869e0ccc7de34c2481c2bc67b750e147240d920d9ec7e2db4323313513158166d9244bc8e0ecb6b38cd3c96235122542889ec304f7d372321a475d53fdcffb8a3a9a4caf15397745aa387feaaa79e4b3f1f2d2d5aceb6a79ee2a5a1d72e9ac6afc5affcfd6aeadbe91698510bc2ee285da266b0d5a1195bc3335cd36f344bf3e6bc7feedefe7ae744ea2ce4ecfc395743f070a225278039e36ccb90dcda65ee7cd9abce1d8ec95d2c46c68c96987de620c1e0c6f085a4d1f7909a646de65df446cf7d7477352bf21421ad0558f82db8787db1ff78f1d0b44d2764b0b9e0fb040b9918be5ec03c592f3f180978814ad723c2b6d1d200dafffe9418471113ddda9361e9e83a624754b4e33ba0dec32f41bbe35157688e1b3b1f8cbd9607ba9b734b19dfb8bd30d97bd39a07ba12da73cdb08575299118c0ebc1c778f5f5b1d9aeb0752baead05d376ea13ed088e942b7e86b11fa97abdd870f3a24e3745087a4233afdafc33fd161c307af40736ad9bbc260d5deac3ff33c57bc');
DELETE FROM line WHERE document = 1;
INSERT OR IGNORE INTO line (document, print) VALUES (1, 'p1');
INSERT OR IGNORE INTO line (document, print) VALUES (1, 'a.txtGuernica bom');
INSERT OR IGNORE INTO long_line (hash, document) VALUES (1307150243, 1);
INSERT OR IGNORE INTO long_line (hash, document) VALUES (3152524085, 1);
DELETE FROM passage WHERE document = 1;
INSERT INTO passage (document, hash) VALUES (1, x'1825302eeecd4a86');
INSERT INTO search (rowid, title, text, title_stems, text_stems) VALUES (1, 'guernica bombardee', 'des avions ont detruit la ville lundi', 'guernic bombard bombarde', 'de avion ont detruit la vill lund');
INSERT INTO key (name, document) VALUES ('a.txt', 1);
INSERT OR IGNORE INTO version (key, document, first_at) VALUES (1, 1, '2026-11-21T12:00:00+00:00');
DELETE FROM claim WHERE document = 1;
UPDATE document SET current = 0 WHERE number = 1;
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (1, 'ASSAULT:0-1', 'ASSAULT', 1, NULL, NULL, 707225, 707223, 707227, 'own', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 2129349261, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707225, 2129349261, 1);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707225, 2129349261, 1);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707225, 2129349261, 1);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707225, 2129349261, 1);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707225, 2129349261, 1);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707225, 2129349261, 1);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (1, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (1, 'ASSAULT:1-2', 'ASSAULT', 1, NULL, NULL, 707225, 707223, 707227, 'own', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 3860885760, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707225, 3860885760, 2);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707225, 3860885760, 2);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707225, 3860885760, 2);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707225, 3860885760, 2);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707225, 3860885760, 2);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707225, 3860885760, 2);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (2, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
UPDATE document SET current = 1 WHERE number = 1;
DELETE FROM problem WHERE document = 'a.txt';
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
INSERT INTO document (number, id, outlet, language, published, current, article, code_version, added_at) SELECT next, 'e469582d3e7b9755', (SELECT number FROM outlet WHERE name = 'Le Courrier'), 'fr', 707226, 0, coalesce(1, next), '1', '2026-11-21T12:00:00+00:00' FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM document);
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
UPDATE document SET code_version = '1', language = 'fr', published = 707226, outlet = (SELECT number FROM outlet WHERE name = 'Le Courrier') WHERE number = 2;
INSERT OR REPLACE INTO body (document, text, head, reading) VALUES (2, x'789c0dcac109c0200c05d0bb53fc630ba5439442e7889a43208da0a63b39878bd5ebe33dced52411627923d53c0763a3d49d54da1c7b083737d027c51a8a75acd1ab4b87123e5165a85b960379d9251aa99ce107aa782036', x'789c6d504b4ec33010bd4ae51548294a622771b265c1861ba00a8ded4963d54d2ac7aea8aa1ca8e7e8c51853040875e7f79979cf736676ec27d69d9935ac6328eab692a5e1d8a8b6a92a96b11d9e4880a7f011081d200c7f60f48e7563742e63530c0e0369afb87a9ea2f7163d391c8cdb085b24a14f3858b2117889e847ab61a5a6bd026fae175c3d800e119c9daf97c7941515bd0734a9de115c4c7345cb9b752ed665430e0301dfe7003edc557034ff793c5a83a34e9bf618806c40ac86d1d83432b3ee6db3103180a732e889903c63f3006555df3990e1b2c01ef38257b934ad2c72c482f74d5f0aaeeb062117a2355af6aa155ad439a3e5ca4d7a9792ce6c67bf2ade8e4231b7afe4d433f1bc58b21f8f9acce9d7c2cb6f8fe4cb66f9041b4489e0', x'789ced544b6edb3010bd4ac0558bda8e7eb665ed82a0e826bba4abc23028726413a6488322d318410e9473e4629d91645b49d46577dd7186f379f3e6f3cc1ab1839ab3823910361ce0da0197ca6caf633661d28a5083f1ac78664aa211648bd53c4f640acb72b59ccfd1660f47fce033ffe4513a70bf1b88c1695698a0f584d9e0356024760757b73638a7c0a185e6661bf816f0a322d92b3443e147006794e057a5ad4beee4db2b5c7de1c207ae55f3f6fa95728512df3b9004ef91eb407ef12a5d4ea36c9a2c093ff7b0693c777ef4078cfca8874725c1088a5483e768c6512bb8918a5c1a56fc5abfa062c71d8201878a3c9db066c793f962842099e6315410c5e93ccae52a8f238038ad965592a562b1041e65d94a8abc2a5799c81611c3e0a5b6624f999ed95eb5103b52304d574a8438499fc62f93b34d69e5f1629226bd4d9ebeac278c9aa8ac7917f4a0b9a0a0ea2c14d1341dc9824d81273fe80971df3a23495c4231d01b5ec37b4b9c2ae31dcdc8f7fbb6df584c906894a5b334468535db5e334d668b7cc22ae03e380ae3ed6f43c970365583f837fb9a15f359f4b923e7aab02bd69daa6a85229b2e2f55657d55cb7355c1285f086b64ebd7f97fd4f6650d95442bf7dea9325ca86db3365c49a49216a8c141279ef0eb03ab31f977df9b1e3a259167a7cd3892fe73041092421bf06b4d9c1bdfaeede7bced3834fed82e9954c8acefc8e986de40f08e6bda10300a1f45c57503b4d8ae8dd82db30bfad4fd9608a1b9aa0714dcdcdfdffcbc7be8594092b65bdcf6628405cc0d0496b28f8045e7e3012e11315a6d69563a1c5c685aff938084118841df111b0dcf416192a623a71dddd6ec32f46b3a3c35f416e36763f197b341fa4a6d71627bf747ab5a2e077380f742194a79d6a15dd59f334fcb71fbf0adeb437b0ab910b63ef4d78d4a680e3862aa549df5e7260c2f57b70feffa104f93d13ec43dd1c9ff3efc933eace9e095a04f253b5b6aa8bb9bf507c27e5a35');
DELETE FROM line WHERE document = 2;
INSERT OR IGNORE INTO line (document, print) VALUES (2, 'p1');
INSERT OR IGNORE INTO line (document, print) VALUES (2, 'a.txtGuernica bom');
INSERT OR IGNORE INTO long_line (hash, document) VALUES (1774342906, 2);
INSERT OR IGNORE INTO long_line (hash, document) VALUES (817720830, 2);
DELETE FROM passage WHERE document = 2;
INSERT INTO passage (document, hash) VALUES (2, x'f4487ef85a1c9eb1');
INSERT INTO search (rowid, title, text, title_stems, text_stems) VALUES (2, 'guernica bombardee actualise', 'des avions ont detruit la ville lundi dit bilbao', 'guernic bombard bombarde actualis', 'de avion ont detruit la vill lund dit bilbao');
UPDATE key SET document = 2 WHERE number = 1;
INSERT OR IGNORE INTO version (key, document, first_at) VALUES (1, 2, '2026-11-21T12:00:00+00:00');
DELETE FROM block WHERE block = 697228939 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 774808667 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 810168824 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 938101544 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 1104423562 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 2770357682 AND day = 707225 AND tie = 2129349261 AND claim = 1;
DELETE FROM block WHERE block = 697228939 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM block WHERE block = 774808667 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM block WHERE block = 810168824 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM block WHERE block = 938101544 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM block WHERE block = 1104423562 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM block WHERE block = 2770357682 AND day = 707225 AND tie = 3860885760 AND claim = 2;
DELETE FROM claim WHERE document = 1;
DELETE FROM claim WHERE document = 1;
DELETE FROM claim WHERE document = 1;
UPDATE document SET current = 0 WHERE number = 1;
DELETE FROM claim WHERE document = 2;
UPDATE document SET current = 0 WHERE number = 2;
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (2, 'ASSAULT:0-1', 'ASSAULT', 1, NULL, NULL, 707225, 707223, 707227, 'own', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 2922840360, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707225, 2922840360, 1);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707225, 2922840360, 1);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707225, 2922840360, 1);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707225, 2922840360, 1);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707225, 2922840360, 1);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707225, 2922840360, 1);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (1, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (2, 'ASSAULT:1-2', 'ASSAULT', 1, NULL, NULL, 707225, 707223, 707227, 'own', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 922499749, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707225, 922499749, 2);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707225, 922499749, 2);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707225, 922499749, 2);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707225, 922499749, 2);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707225, 922499749, 2);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707225, 922499749, 2);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (2, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
UPDATE document SET current = 1 WHERE number = 2;
DELETE FROM problem WHERE document = 'a.txt';
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
INSERT INTO document (number, id, outlet, language, published, current, article, code_version, added_at) SELECT next, '9959e180bfd01355', (SELECT number FROM outlet WHERE name = 'Le Courrier'), 'fr', 707226, 0, coalesce(NULL, next), '1', '2026-11-21T12:00:00+00:00' FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM document);
INSERT OR IGNORE INTO outlet (name) VALUES ('Le Courrier');
UPDATE document SET code_version = '1', language = 'fr', published = 707226, outlet = (SELECT number FROM outlet WHERE name = 'Le Courrier') WHERE number = 3;
INSERT OR REPLACE INTO body (document, text, head, reading) VALUES (3, x'789c0b4ecc49cc4dcc2b2c4d554839bc323735af848bcbb134b9344f21b12c333f4f214f3d51a12c3fe7f04a3d2e006c311025', x'789c6d904d4ec3301085af52799da2d8717eb76cd9b144151ac7e3c6aaeb80635754550ec439b818e3160142ecfcdefb3c7f1766bd99d9706156b381f57ddd23ef4a6574c9abba66053be099027517df22a91788d32f998263834fce156c4ed161a4ec0137f7730ac16220c281df27d8230526eb680923f1080e8ee05f136ef4c7fb11fdb57a52ce2e13ea3cd0095cca24efab765bcaad6889d010f1798910e2bf097afdd7c793d5e8c75ce9881108037247f0dae62f0b1b9e762b19130418230632242fd83281a89b7f4ec24ddba291bae92522ca967389223fb1ad65c58569b810dc8050aaa93ae81815576e1e0fb9d3851dec75c4db19a8cd6d9592e6cc3eefd6e29b51b33eff20bcff62245f77eb2712c98477', x'789ced54c16edb300cfd9541d72569643b71e25b510cbbf496ee5404816cd1891059ca64a96b50f483f61dfbb1919693b84d8e3bee26524fe4e313c937d6563b68042b9883ca8603dc39105299ed1d6723266d151a309e156f4c49042d97b325f0c5b4ace594a7b31962f670c48b72e25f3d5a07e177033338cd0a13b41e311bbc068cc41ee1cb830dce297088d0c26c83d8025ed4647b85303456428b46989f01bec83fbf3b12183d945ab53b9044e845e84048be4cf3f1341b273931161e36ad17cedfbc01233ffbe145493015456ac00b8409f456c248454f5a563cafdfd1b1134e541e1c3a323e62ed4e24b3f90d49789de7506772becc0020cb39cf20a123e4b32ce5493de749c26b9194e53c5d8805c3e0a5b6d59e32bdb1bdea284619304d2c658a3cc9cf17efa333a6b4f27881f0658fc9f8fb7ac4483165cd87a0072d2a0aaace46311da7d75952fc06782505bf07704655a4487c8c220909c5c06f44031f91d847c63bea8a6fabee87b198201194a59314a5d3d66c7bcf3899cc17235683f0c151186f7f194a86dda85ae4bfd937ac984da6d73f72ae0a7fc5ba53559d5164e3fc5255d657959fab0a46f9a2b24676efe2fbcfdebeaca1936415de3b55868bb45dd656288952d2c8b4d8daa4135e7dfe3b7a1faf373d754a22cf8f36b799f4973708a1283401cf6bd2dcf86e50aff3a65d5e7fecc64a2a54d6477162d31b08de094d130246e1a1a8856e8146d97511e3f8baa04fbfdf095169a19a8104f7abd5fd8fc7a75e051469bbc5f92e6ea880b981c852f61b64f1f1f100978818adb1d42b9187a8348dffc940c188c4e0df911b35cf416192368ad3b56e07bb34fd9a564d033d62b83662e8cbba8876adb6d8a13dfcc5aa4ebbc1bfe37e5086529c7d88ab9156105a791a8687a7af51f76ed989aab2cda1df6644b93d604ba95245f4b5e8c34d15fbff83ee7c9cdcd49df7c226ff75ff27baaf69a195a04f253a5b6a68e24efa0b8b2752c0');
DELETE FROM line WHERE document = 3;
INSERT OR IGNORE INTO line (document, print) VALUES (3, 'p1');
INSERT OR IGNORE INTO line (document, print) VALUES (3, 'b.txtSalamanque d');
INSERT OR IGNORE INTO long_line (hash, document) VALUES (1315312603, 3);
INSERT OR IGNORE INTO long_line (hash, document) VALUES (2210147860, 3);
DELETE FROM passage WHERE document = 3;
INSERT INTO passage (document, hash) VALUES (3, x'872d2b981aa6edc9');
INSERT INTO search (rowid, title, text, title_stems, text_stems) VALUES (3, 'salamanque dement', 'aucun avion n a vole', 'salamanqu dement', 'aucun avion n a vol');
INSERT INTO key (name, document) VALUES ('b.txt', 3);
INSERT OR IGNORE INTO version (key, document, first_at) VALUES (2, 3, '2026-11-21T12:00:00+00:00');
DELETE FROM claim WHERE document = 3;
UPDATE document SET current = 0 WHERE number = 3;
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (3, 'ASSAULT:0-1', 'ASSAULT', 1, NULL, NULL, 707226, 707216, 707228, 'published', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 503744938, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707226, 503744938, 3);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707226, 503744938, 3);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707226, 503744938, 3);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707226, 503744938, 3);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707226, 503744938, 3);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707226, 503744938, 3);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (3, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude, placed, factuality, stage, voice, tie, blocks) VALUES (3, 'ASSAULT:1-2', 'ASSAULT', 1, NULL, NULL, 707226, 707216, 707228, 'published', 'made:Guernica', 'ES', 43.31, -2.68, 'own', 'CT+', 'accomplished', 'named', 2261627431, x'298ede8b2e2ea45b304a31f837ea4b2841d42a8aa5204db2');
INSERT INTO block (block, day, tie, claim) VALUES (697228939, 707226, 2261627431, 4);
INSERT INTO block (block, day, tie, claim) VALUES (774808667, 707226, 2261627431, 4);
INSERT INTO block (block, day, tie, claim) VALUES (810168824, 707226, 2261627431, 4);
INSERT INTO block (block, day, tie, claim) VALUES (938101544, 707226, 2261627431, 4);
INSERT INTO block (block, day, tie, claim) VALUES (1104423562, 707226, 2261627431, 4);
INSERT INTO block (block, day, tie, claim) VALUES (2770357682, 707226, 2261627431, 4);
INSERT OR IGNORE INTO actor (name) VALUES ('unit:condor');
INSERT INTO claim_actor (claim, actor, role) VALUES (4, (SELECT number FROM actor WHERE name = 'unit:condor'), 'actor');
UPDATE document SET current = 1 WHERE number = 3;
DELETE FROM problem WHERE document = 'b.txt';
INSERT OR REPLACE INTO problem (document, stage, reason, at) VALUES ('c.pdf', 'ingest', 'no text', '2026-11-21T12:00:00+00:00');
INSERT INTO review (left_document,left_claim,right_document,right_claim,judgement,reviewer,decided_at,note) VALUES ('a','b','c','d','same','Anne','1937-05-01','');

-- Events across documents, what was last checked, and the names that events had before.

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    day_from INTEGER NOT NULL,      -- 0 where the day is unknown: such events come last
    day_to INTEGER NOT NULL,
    latitude REAL,
    longitude REAL,
    origins INTEGER NOT NULL,       -- independent ones
    disputed INTEGER NOT NULL,
    record BLOB NOT NULL            -- zlib: msgspec JSON
);
CREATE INDEX event_order ON event (day_from DESC, origins DESC, id);
CREATE INDEX event_type ON event (type, day_from DESC, origins DESC, id);
CREATE INDEX event_disputed ON event (day_from DESC, origins DESC, id) WHERE disputed = 1;
CREATE VIRTUAL TABLE event_place USING rtree (number, south, north, west, east);

CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    name TEXT NOT NULL,             -- folded
    PRIMARY KEY (event, name)
) WITHOUT ROWID;
CREATE INDEX event_actor_name ON event_actor (name);

CREATE TABLE event_document (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    PRIMARY KEY (event, document)
) WITHOUT ROWID;
CREATE INDEX event_document_document ON event_document (document);

CREATE TABLE event_claim (          -- a claim is in one event at most
    document INTEGER NOT NULL REFERENCES document,
    claim TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (document, claim)
) WITHOUT ROWID;
CREATE INDEX event_claim_event ON event_claim (event);

CREATE TABLE former_event (id TEXT PRIMARY KEY, event TEXT) WITHOUT ROWID;  -- NULL: dissolved

CREATE TABLE link (
    left_document INTEGER NOT NULL REFERENCES document,
    left_claim TEXT NOT NULL,
    right_document INTEGER NOT NULL REFERENCES document,
    right_claim TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,          -- msgspec JSON
    PRIMARY KEY (left_document, left_claim, right_document, right_claim)
) WITHOUT ROWID;
CREATE INDEX link_right ON link (right_document, right_claim);

-- Documents that the cross-check has not seen as they are now; the number tells a change during a check from one before it.
CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE REFERENCES document);
INSERT INTO change (document) SELECT number FROM document WHERE current = 1;

CREATE TABLE told (                 -- what the cross-check looks at in a document, in its own format, made by this version of its code
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    version TEXT NOT NULL,
    told BLOB NOT NULL
);
CREATE TABLE vacated (block INTEGER NOT NULL, day INTEGER NOT NULL, tie INTEGER NOT NULL, PRIMARY KEY (block, day, tie)) WITHOUT ROWID;  -- since the last check

-- What people decided on single claims: appended, never changed.

CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- made from its content
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    verdict TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdraws TEXT UNIQUE,          -- the id of the decision that it undoes
    record BLOB NOT NULL            -- msgspec JSON
);
CREATE INDEX decision_claim ON decision (document, claim);
CREATE INDEX decision_reviewer ON decision (reviewer, number);
CREATE TRIGGER decision_kept_on_update BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed: add another'); END;
CREATE TRIGGER decision_kept_on_delete BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are never taken away: add another'); END;

-- Which decision of a reviewer stands on a claim: an index over the above, made anew with every decision.
CREATE TABLE standing (
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (document, claim, reviewer)
) WITHOUT ROWID;
CREATE INDEX standing_reviewer ON standing (reviewer, decision);

-- What every claim of a current document weighs in the queue of the review, in hundredths: what is doubtful in its reading, what hangs on it.
CREATE TABLE queue (
    claim INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
    document INTEGER NOT NULL,
    outlet INTEGER NOT NULL,
    type TEXT NOT NULL,
    day INTEGER,                    -- of its own or of the publication
    draw INTEGER NOT NULL,          -- a number made from its content, 0 to 9999: those below the share to be read twice are
    doubt INTEGER NOT NULL,
    stake INTEGER NOT NULL,
    doubt_linked INTEGER NOT NULL DEFAULT 0,    -- of the event that it is in
    stake_shared INTEGER NOT NULL DEFAULT 0,
    weight INTEGER NOT NULL GENERATED ALWAYS AS ((100 + doubt + doubt_linked) * (100 + stake + stake_shared) / 100) VIRTUAL
);
CREATE INDEX queue_weight ON queue (weight DESC, claim);
CREATE INDEX queue_type ON queue (type, weight DESC, claim);
CREATE INDEX queue_outlet ON queue (outlet, weight DESC, claim);
CREATE INDEX queue_draw ON queue (draw, claim);
CREATE INDEX queue_document ON queue (document);
CREATE INDEX queue_day ON queue (day);

CREATE TABLE unweighed (document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE);
INSERT INTO unweighed (document) SELECT number FROM document WHERE current = 1;

-- What the pages on voices, labels and outlets count, packed by document (tallies.py), and the names that the numbers in it stand for.

CREATE TABLE voice (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, actor TEXT);
CREATE TABLE term (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, written TEXT NOT NULL, language TEXT NOT NULL);
CREATE TABLE tally (                -- a document that is counted anew gets a greater number: what is new since a number is quickly told
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL UNIQUE REFERENCES document ON DELETE CASCADE,
    said BLOB,                      -- NULL: superseded, not to be counted
    claimed BLOB,
    called BLOB
);
CREATE TABLE actor_document (       -- the articles that tell of an actor
    actor INTEGER NOT NULL REFERENCES actor,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (actor, document)
) WITHOUT ROWID;
INSERT INTO actor_document (actor, document) SELECT DISTINCT claim_actor.actor, claim.document FROM claim_actor JOIN claim ON claim.number = claim_actor.claim;
CREATE TABLE event_copy (           -- documents of an event that share a text with another one; `rank` is its place by day of publication
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    rank INTEGER NOT NULL,          -- 0: the first
    PRIMARY KEY (event, document)
) WITHOUT ROWID;

-- Which events came or went, in order, so that an index in memory can follow without reading all of them again.

CREATE TABLE event_log (number INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL);
CREATE TRIGGER event_logged_on_insert AFTER INSERT ON event BEGIN INSERT INTO event_log (event) VALUES (new.number); END;
CREATE TRIGGER event_logged_on_delete AFTER DELETE ON event BEGIN INSERT INTO event_log (event) VALUES (old.number); END;

ALTER TABLE claim ADD COLUMN report INTEGER NOT NULL DEFAULT 0;
CREATE INDEX claim_named ON claim (document, id, report);
DROP INDEX claim_document;
CREATE TABLE sketch (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    version TEXT NOT NULL,
    sketches BLOB NOT NULL
);

-- The claims that somebody else denies: those of an event of which origins differ whether it happened, that say it did. `claim` is a claim's
-- place among those of its document, as the tallies have it.

CREATE TABLE event_denied (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    claim INTEGER NOT NULL,
    PRIMARY KEY (event, document, claim)
) WITHOUT ROWID;

-- For the cross-check: reports as rows of their own, and what a check that was stopped had settled.

DROP TABLE told;
CREATE TABLE told (                 -- what the reports of a document share, and what is kept of its text, in the cross-check's own formats
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    head BLOB NOT NULL,
    signature BLOB NOT NULL
);
CREATE TABLE report (number INTEGER PRIMARY KEY, told BLOB NOT NULL);  -- the number of its document times 2^20, and its place there
UPDATE sketch SET version = '';     -- all of it is made anew by the next check

-- While a check of everything is under way: a key of all that a component depends on, and the ids of its events (JSON); the first key is empty.
CREATE TABLE settled (key BLOB PRIMARY KEY, events TEXT NOT NULL) WITHOUT ROWID;

-- What another version of the cross-check made is found at once, however much there is.

INSERT OR IGNORE INTO sketch (document, version, sketches) SELECT number, '', x'' FROM document WHERE current = 1;
CREATE INDEX sketch_version ON sketch (version);
PRAGMA user_version = 9;
