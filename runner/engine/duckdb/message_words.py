"""Words of the engine's own messages: any other word of one may be data (B7)."""

import re

WORDS = frozenset(
    """
    able aborted about accept accepted accepts access according acos active add added adding
    addition after again aggregate aggregates aliases all allocate allocated allocation
    allocator allow allowed already also alter alternation ambiguous an analyze and another
    answered any appear appears append appender applied arc are argument arguments array arrays
    arrow as asin assertion async at atan attach attached attempted attempting automatic
    available average back backreference base batch be because been before behavior being
    between bigger bignum binary bind binding bindings bit bits blob block blocks body boolean
    both bound boundary bounds bracket brackets broadcast buffer buffered buffers build built
    but by byte bytes cache caching calendar call callback called calls can can't candidate
    cannot cant capacity carried case cast casting casts catalog change changed character
    characters check checksum chunk chunks class clause closed closing code codepoint collation
    collations collection collections column columns combine combined command comment commit
    common compare comparison compile component compress compressed compression computes concat
    concrete concurrent condition conditions config configs configuration conflict connection
    consider constant constants constraint constraints construct constructor contain contained
    containing contains context continue conversion convert converted converts coordinate copy
    correct correlated corresponding corrupt corrupted cosine could count create created
    creating creation csv current currently custom data database databases date day days debug
    decimal declared decode decoding decompress decompressed decompression decreased decryption
    deduplicate default define defined definition definitions delete deleted denied depend
    dependency dependent depends deprecated depth describe deserialization deserialize
    destination detach detail detected device dialect dictionary did differ different digit
    digits directly directory disable disabled disk distinct divide divided division divisor do
    does domain dots double down drop dropped duckdb due duplicate duplicates during each
    effects either element elements empty enable enabled encode encoded encoding encountered
    encrypted encryption end ends enough ensure entire entries entry enum environment epoch
    equal error errors escape escaped evaluated even exactly exceed exceeded exceeds exception
    exceptions exchange execute executing execution exist existent existing exists expect
    expected expects explicit explicitly exponent export exported expression expressions
    extension extensions external extra extract extracted factor factorial fail failed failure
    false fatal few field fields file filename files filter finalize find finite first fit float
    follow followed following follows for force forced format formats formatted formatting found
    fraction free from full fully function functions gamma generated geometry get given globally
    got greater greatest group groups handle has hash have having header here hex higher
    histogram holds host hour hours hyperbolic id identifier identifiers if ignore implemented
    implicit implicitly import in include inclusive incompatible incomplete inconsistent
    incorrect index indexed indexes inf infer infinite infinity information initial
    initialization initialize inner input insert inside install installed instance instead int
    integer internal interpreting interval into invalid invalidated is iso it item its itself
    join joins json keep key keys keyword kind known large larger last leading least left length
    lengths less letter level like likely limit line list lists literal load loaded loading
    local location lock logarithm logical long longer lookahead lower macro make malformed many
    map match matches matching maxim maximum means member memory merge message metadata method
    microsecond microseconds might min minimum minute minutes mismatch missing mode month months
    more most multi multiple multiplication multiply must name named namely names nan near need
    needs negate negation negative neither nested new next no node non none nor normalize not
    nothing null number numbers numeric object objects occur occurred occurrence occurs of
    offset offsets on once one only open opener opening operand operation operations operator
    option optional options or order ordered ordering original other out output outside over
    overflow overflows overloads override overwrite package padding pair parameter parameters
    parquet parse parsed parsing part partial partition partitioning partitions passed past path
    paths pattern per perl permission please point position positive possible power precision
    predicate prefix present previous primary process processing produced progress property
    provide provided python qualified query quote quoted quotes radix random range re reached
    read reads received recognized reconstruct reconstructed recursion recursive recursively
    referenced references referencing regex regexp register registered regular rejects relation
    released remove removed repeat repeated repetition replace replaced reported represented
    request requested required requires reserved reset resize resolve resolved resource restart
    restarted result resulting return returned returning returns revert right rollback root
    rounding row rowid rows run running same sample scalar scale scan scanner schema schemas
    scheme second seconds seed segment segments select selection sequence serialization
    serialize serialized serializing session set setting settings several shift shifted should
    side sign signature sine single size sizes skip small smaller so source space specific
    specification specified specifier specifies specify specifying sql square standard start
    started starting state statement statements statistics status step storage stored str
    strategy string strings strptime struct structs structure subject subqueries subquery
    subscript subtract subtraction success such suffix supplied support supported supports sure
    surrogate symbol syntax system systems table tables tailoring take takes tangent target
    template temporary term terminated text than that the their there these they this threads
    threshold through time timedelta times timestamp timestamps timezone to token tokens too top
    total trailer trailing transaction transform transformer transport tried trigger triggers
    true try trying twice two type typed types uchar udf unable unames unbound undefined under
    underflow unexpected unicode unimplemented union unique unit units unknown unless unmatched
    unnamed unrecognized unsigned unsupported unterminated unused up update use used user using
    utc utf valid validation validity value values variable variant vector vectors version
    versions view violates violation virtual volatile was we were when where which while whose
    width window with within without would writable write writes writing written wrong year
    years yet you zero zone zones
""".split()  # noqa: SIM905 - one word a line would be a thousand lines
)
"""Words that DuckDB 1.5 and 2.0 write when a statement fails while it runs."""

TYPES = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE|UTINY|USMALL|UBIG|UHUGE)?INT(EGER|\d+)?|BOOL(EAN)?|FLOAT|DOUBLE|DECIMAL"
    r"|VARCHAR|TEXT|BLOB|BIT|BIGNUM|UUID|JSON|DATE|TIME|TIMESTAMP|TIMESTAMPTZ|INTERVAL|ENUM|STRUCT"
    r"|MAP|UNION|LIST|ARRAY|VARIANT|GEOMETRY|NULL|YYYY|MM|DD|HH|SS|MS|US|NS|ZONE|TZ|TRY|SET|UTC"
    r"|UTF8?|SQL|CSV|PRIMARY|FOREIGN|KEY|UNIQUE|CHECK|NOT|WITH|TimeZone|Timestamp|FATAL|INTERNAL|GiB"
    r"|MiB|KiB|TiB|ACOS|ASIN|ATAN|SETSEED|UTF16|EnableProfiling|Unicode|Codepoint"
)
"""Names of types and the like."""
