CREATE TABLE "a""b" (
    "id" integer PRIMARY KEY,
    "select" text, "x'y" text DEFAULT 'a''b"c', "p%s" text DEFAULT '%s %(a)s', "{x}" text, "${x}" text DEFAULT '${x}',
    "<&>" text DEFAULT '<&>]]>', "back\slash" text DEFAULT 'a\nb', "Mixed Case" text, "dot.ted" text, ":colon" text,
    "ünï" text DEFAULT '–', name_of_sixty_three_bytes_that_goes_on_and_on_to_the_very_last_ text, "order" integer
);
CREATE INDEX "i""'%{x}${x}<&>\:y" ON "a""b" ("select", "p%s", "{x}", "${x}", "back\slash", ":colon") WHERE "<&>" = ':x\:y%';
ALTER TABLE "select" ADD CONSTRAINT "c%'""" CHECK ("order" <> '%s' AND "p%s" <> 'a:b');
ALTER TABLE "select" ADD COLUMN "new%col" text DEFAULT E'a\tb';
ALTER TABLE "select" RENAME COLUMN "back\slash" TO "${y}";
