/* The inner loops of the near-copy search and of the clusters of near copies: see scan.py and join.py, whose numpy
 * versions give the same answers.
 *
 * Entries of one length lie side by side: their signatures (WIDTH bytes each) and, at places[i] or else at
 * base + i * length, their texts, one byte a character. An entry is a candidate when the L1 distance of the signatures
 * allows it, and a hit when its longest common subsequence with the query has at least `need` characters
 * (Indel distance = m + n - 2 * LCS). The LCS is Hyyrö's bit-parallel one, limited to the diagonal band in which a
 * hit must lie, as in rapidfuzz.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__ /* every 64-bit x86 has it */
#include <emmintrin.h>
#endif

#define MOST_WORDS 128 /* 64 characters each; longer queries are compared by rapidfuzz alone */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__)
#define CLONES __attribute__((target_clones("avx2", "popcnt", "default")))
#else
#define CLONES
#endif

typedef struct {
    int32_t size;          /* characters of the query */
    int32_t words;         /* 64-bit words that they take */
    const uint64_t *masks; /* 256 rows of `words`: where each character stands in the query */
    const uint8_t *signature;
} Query;

static int32_t zeros(const uint64_t *state, int32_t until) {
    int32_t count = 0, word = 0;
    for (; (word + 1) * 64 <= until; word++)
        count += __builtin_popcountll(~state[word]);
    if (until % 64)
        count += __builtin_popcountll(~state[word] & ((1ULL << (until % 64)) - 1));
    return count;
}

/* Whether the LCS of the query and `text` has at least `need` characters. */
static inline __attribute__((always_inline)) int is_near(const Query *query, const uint8_t *text, int32_t length,
                                                         int32_t need) {
    uint64_t state[MOST_WORDS];
    const int32_t size = query->size, words = query->words;
    const int32_t ahead = size - need, behind = length - need;
    int32_t first = 0, last = 0;
    memset(state, 0xff, (size_t)words * sizeof *state);
    for (int32_t at = 0; at < length; at++) {
        const uint64_t *mask = query->masks + (size_t)text[at] * (size_t)words;
        uint64_t carry = 0;
        if (at > behind)
            first = (at - behind) / 64;
        last = (at + ahead) / 64 + 1;
        if (last > words)
            last = words;
        for (int32_t word = first; word < last; word++) {
            const uint64_t old = state[word], match = old & mask[word];
            const uint64_t sum = old + carry, whole = sum + match;
            carry = (uint64_t)(sum < old) | (uint64_t)(whole < sum);
            state[word] = whole | (old - match);
        }
        if ((at & 15) == 15) {
            /* A hit has matched query[:end] at most this well by now, for some end. What follows adds at most
             * min(left, size - end) to it, and of all ends size - left promises most: each further character of
             * the query adds no more than the one that it takes away. */
            const int32_t left = length - at - 1, end = size - left;
            if (end > 0 && zeros(state, end) + left < need)
                return 0;
        }
    }
    return zeros(state, size) >= need;
}

/* The L1 distance of two signatures of `width` bytes, a multiple of 16. */
static inline __attribute__((always_inline)) int32_t apart(const uint8_t *one, const uint8_t *other, int32_t width) {
#ifdef __SSE2__
    __m128i sums = _mm_setzero_si128(); /* one of the first, one of the last eight bytes of each 16 */
    for (int32_t at = 0; at < width; at += 16) {
        const __m128i left = _mm_loadu_si128((const __m128i *)(one + at));
        const __m128i right = _mm_loadu_si128((const __m128i *)(other + at));
        sums = _mm_add_epi64(sums, _mm_sad_epu8(left, right));
    }
    return _mm_cvtsi128_si32(sums) + _mm_cvtsi128_si32(_mm_unpackhi_epi64(sums, sums));
#else
    int32_t distance = 0;
    for (int32_t at = 0; at < width; at++) {
        const int32_t difference = (int32_t)one[at] - (int32_t)other[at];
        distance += difference < 0 ? -difference : difference;
    }
    return distance;
#endif
}

/* Texts of one length, the rows first … last; `need` is the least LCS of a hit among them. */
typedef struct {
    int64_t length, first, last, need;
} Range;

#define SCAN(NAME, WIDTH)                                                                                              \
    CLONES static int64_t NAME(const Query *query, const uint8_t *signatures, const uint8_t *texts,                    \
                               const uint32_t *places, const uint64_t *base, const Range *range, int64_t *rows) {      \
        const int32_t length = (int32_t)range->length, need = (int32_t)range->need;                                    \
        const int32_t most = query->size + length - 2 * need;                                                          \
        int64_t hits = 0;                                                                                              \
        for (int64_t row = range->first; row < range->last; row++) {                                                   \
            if (apart(signatures + row * WIDTH, query->signature, WIDTH) > most)                                       \
                continue;                                                                                              \
            const int64_t place =                                                                                      \
                places ? (int64_t)places[row] : (int64_t)base[length] + (row - range->first) * length;                 \
            if (is_near(query, texts + place, length, need))                                                           \
                rows[hits++] = row;                                                                                    \
        }                                                                                                              \
        return hits;                                                                                                   \
    }

SCAN(scan_wide, 32)
SCAN(scan_narrow, 16)

/* Find the hits of the first range that has any.
 *
 * `rows`, which has room for all rows of any range, receives the hits, and `hits` how many there are; returns the
 * number of the range, or that of the last one when none has a hit.
 */
int64_t hamdel_scan_ranges(int32_t width, int32_t size, int32_t words, const uint64_t *masks, const uint8_t *signature,
                           const uint8_t *signatures, const uint8_t *texts, const uint32_t *places,
                           const uint64_t *base, const Range *ranges, int64_t count, int64_t *rows, int64_t *hits) {
    const Query query = {size, words, masks, signature};
    int64_t number = 0;
    for (*hits = 0; number < count; number++) {
        *hits = (width == 32 ? scan_wide : scan_narrow)(&query, signatures, texts, places, base, ranges + number, rows);
        if (*hits)
            return number;
    }
    return count - 1;
}

/* The most insertions and deletions between texts of `sum` characters together that rapidfuzz scores `cutoff` or more,
 * in its own arithmetic. */
static int32_t most_edits(int32_t sum, double cutoff) {
    int32_t edits = (int32_t)((1.0 - cutoff / 100.0) * sum) + 1;
    while (edits > 0 && (1.0 - (double)edits / sum) * 100.0 < cutoff)
        edits--;
    return edits;
}

/* The group that a row is in: its smallest row, when all links are followed. */
static int64_t root(int64_t *parent, int64_t row) {
    while (parent[row] != row)
        row = parent[row] = parent[parent[row]];
    return row;
}

static void link_rows(int64_t *parent, int64_t one, int64_t other) {
    one = root(parent, one), other = root(parent, other);
    if (one < other)
        parent[other] = one;
    else
        parent[one] = other;
}

static void set_masks(uint64_t *masks, const uint8_t *text, int32_t size, int32_t words, int fill) {
    for (int32_t at = 0; at < size; at++) {
        uint64_t *word = masks + (size_t)text[at] * (size_t)words + at / 64;
        *word = fill ? *word | 1ULL << (at % 64) : 0;
    }
}

#define JOIN_WIDTH 32

/* Link the rows first … last, none longer than 64 * MOST_WORDS, with every near row behind them; all are sorted by
 * length. Two odd rows are left to the caller.
 *
 * `signatures` has 32 bytes a row. `masks` is scratch, 256 * MOST_WORDS words of nothing, and left so. `parent` says for
 * each row which group it is in; rows that are in one already aren't compared.
 */
CLONES void hamdel_join(const uint8_t *texts, const int64_t *places, const int32_t *lengths,
                        const uint8_t *signatures, const uint8_t *odd, int64_t count, int64_t first, int64_t last,
                        double cutoff, uint64_t *masks, int64_t *parent) {
    for (int64_t row = first; row < last; row++) {
        const uint8_t *text = texts + places[row], *mine = signatures + row * JOIN_WIDTH;
        const int32_t size = lengths[row], words = (size + 63) / 64;
        const Query query = {size, words, masks, mine};
        int32_t length = -1, most = 0, ready = 0;
        for (int64_t other = row + 1; other < count; other++) {
            if (lengths[other] != length) {
                length = lengths[other];
                most = most_edits(size + length, cutoff);
                if (length - size > most)
                    break;
            }
            if (apart(signatures + other * JOIN_WIDTH, mine, JOIN_WIDTH) > most || (odd[row] && odd[other]) || root(parent, row) == root(parent, other))
                continue;
            if (!ready)
                set_masks(masks, text, size, words, 1), ready = 1;
            if (is_near(&query, texts + places[other], length, (size + length - most + 1) / 2))
                link_rows(parent, row, other);
        }
        if (ready)
            set_masks(masks, text, size, words, 0);
    }
}

#define HASHES 128
#define IN_A_BAND 4
#define SHINGLE 5

/* A well mixed number of one. */
static inline uint32_t mixed(uint32_t value) {
    value = (value ^ (value >> 16)) * 0x85ebca6bU;
    value = (value ^ (value >> 13)) * 0xc2b2ae35U;
    return value ^ (value >> 16);
}

/* The keys of texts' bands: keys[band * count + row], each made of the least values of four hashes over the text's
 * shingles. See minhash.py, whose numpy version gives the same keys. */
CLONES void hamdel_minhash(const uint8_t *texts, const int64_t *places, const int32_t *lengths, int64_t count,
                           const uint32_t *factors, const uint32_t *terms, uint32_t *keys) {
    for (int64_t row = 0; row < count; row++) {
        const uint8_t *text = texts + places[row];
        const int32_t last = lengths[row] > SHINGLE ? lengths[row] - SHINGLE : 0;
        uint32_t least[HASHES];
        memset(least, 0xff, sizeof least);
        for (int32_t at = 0; at <= last; at++) {
            uint32_t hash = 0;
            for (int32_t next = at; next < at + SHINGLE && next < lengths[row]; next++)
                hash = mixed(hash ^ (text[next] + 1U));
            for (int k = 0; k < HASHES; k++) {
                const uint32_t value = factors[k] * hash + terms[k];
                least[k] = value < least[k] ? value : least[k];
            }
        }
        for (int band = 0; band < HASHES / IN_A_BAND; band++) {
            uint32_t key = 0;
            for (int k = 0; k < IN_A_BAND; k++)
                key = mixed(key ^ least[band * IN_A_BAND + k]);
            keys[band * count + row] = key;
        }
    }
}

/* The learned reader (evidence/learned/network.py, whose numpy version gives the same numbers but for rounding). */

typedef struct {
    const uint32_t *hashes; /* sorted features */
    int64_t count;
    const uint32_t *steps;  /* 65,537 places: where the features begin that share their upper 16 bits */
    const uint16_t *rows;   /* of each feature; 65535 for none */
    const double *squares;  /* of each feature's rarity */
    const int8_t *vectors;
    const float *scale;     /* of each row */
    int64_t size;           /* numbers in a vector */
} Features;

/* Word forms, a row each; the first two are the marks of a sentence's start and end. */
typedef struct {
    uint32_t *lemmas, *shapes; /* hashes */
    uint8_t *traits;           /* 1 for what carries content, plus 2 for what is inflected */
    float *letters;            /* the sum of the vectors of the form's letters */
    float *letter_squares;     /* what its length is made of */
    double *rarity;            /* of the lemma, squared */
} Words;

#define NO_ROW 65535

static inline uint64_t joined_step(uint64_t state, uint64_t value) {
    state = (state ^ value) * 0x9E3779B97F4A7C15ULL;
    return state ^ (state >> 29);
}

static inline uint32_t joined_end(uint64_t state) {
    state = (state ^ (state >> 32)) * 0xFF51AFD7ED558CCDULL;
    return (uint32_t)(state >> 32);
}

/* The place of a feature; -1 when it isn't known. */
static inline int64_t place_of(const Features *all, uint32_t hash) {
    int64_t low = all->steps[hash >> 16];
    const int64_t end = all->steps[(hash >> 16) + 1];
    while (low < end && all->hashes[low] < hash)
        low++;
    return low < end && all->hashes[low] == hash ? low : -1;
}

/* Features that were found in a sentence: which rows they have, and the square of the length of all of them. */
typedef struct {
    uint16_t *rows;
    int64_t count;
    float square;
} Found;

static inline __attribute__((always_inline)) void take(const Features *all, uint32_t hash, Found *found) {
    const int64_t place = place_of(all, hash);
    if (place < 0)
        return;
    found->square += (float)all->squares[place];
    if (all->rows[place] == NO_ROW)
        return;
    __builtin_prefetch(all->vectors + (int64_t)all->rows[place] * all->size);
    found->rows[found->count++] = all->rows[place];
}

/* Add the vectors of some rows, one after the other. */
static inline __attribute__((always_inline)) void add_rows(const Features *all, const uint16_t *rows, int64_t count,
                                                           float *restrict sum) {
    int64_t i = 0;
    for (; i + 4 <= count; i += 4) { /* four at a time: the sum is fetched and put back less often */
        const int8_t *row[4];
        float factor[4];
        for (int k = 0; k < 4; k++)
            row[k] = all->vectors + (int64_t)rows[i + k] * all->size, factor[k] = all->scale[rows[i + k]];
        for (int64_t k = 0; k < all->size; k++)
            sum[k] = (((sum[k] + factor[0] * (float)row[0][k]) + factor[1] * (float)row[1][k]) +
                      factor[2] * (float)row[2][k]) +
                     factor[3] * (float)row[3][k];
    }
    for (; i < count; i++) {
        const int8_t *row = all->vectors + (int64_t)rows[i] * all->size;
        const float factor = all->scale[rows[i]];
        for (int64_t k = 0; k < all->size; k++)
            sum[k] += factor * (float)row[k];
    }
}

static inline __attribute__((always_inline)) void take_runs(const Features *all, const uint32_t *values, int64_t count,
                                                            uint64_t tag, int longest, Found *found) {
    for (int n = 1; n <= longest && n <= count; n++)
        for (int64_t at = 0; at + n <= count; at++) {
            uint64_t state = (tag + (uint64_t)n) * 0x9E3779B97F4A7C15ULL;
            for (int k = 0; k < n; k++)
                state = joined_step(state, values[at + k]);
            take(all, joined_end(state), found);
        }
}

#define MOST_FEATURES 11 /* that a word or mark may begin: 3 runs of lemmas, 4 of shapes, 1 inflected, 3 pairs */

/* One more byte of a CRC-32 as zlib's; 16 numbers do, for a word is learned once. */
static inline uint32_t crc_step(uint32_t crc, uint8_t byte) {
    static const uint32_t halves[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    crc ^= byte;
    crc = halves[crc & 15] ^ (crc >> 4);
    return halves[crc & 15] ^ (crc >> 4);
}

static inline __attribute__((always_inline)) void learn_letters(const Features *letters, uint32_t crc, double *square,
                                                                float *sum) {
    const int64_t place = place_of(letters, ~crc);
    if (place < 0)
        return;
    *square += letters->squares[place];
    if (letters->rows[place] != NO_ROW)
        add_rows(letters, letters->rows + place, 1, sum);
}

#define SHORTEST 2 /* letters of an n-gram; see evidence/learned/features.py */
#define LONGEST 5

/* Learn a word form: the vectors of its letters, and how rare its lemma is. `unknown` is the rarity of unknown ones.
 *
 * `form` is UTF-8, `size` bytes; its n-grams are the features where it is `spelled`, else it is one itself.
 */
CLONES int hamdel_learn_word(const Features *letters, const Features *phrases, const Words *words, int64_t row,
                             const char *form, int64_t size, int64_t spelled, double unknown) {
    float *sum = words->letters + row * letters->size;
    double square = 0;
    memset(sum, 0, (size_t)letters->size * sizeof *sum);
    for (int n = SHORTEST; n <= LONGEST && spelled; n++)
        for (int64_t first = 0; first < size; first++) {
            if (((uint8_t)form[first] & 0xc0) == 0x80) /* inside a letter */
                continue;
            uint32_t crc = 0xffffffff;
            int64_t at = first;
            int taken = 0;
            for (; taken < n && at < size; taken++)
                do
                    crc = crc_step(crc, (uint8_t)form[at++]);
                while (at < size && ((uint8_t)form[at] & 0xc0) == 0x80);
            if (taken == n)
                learn_letters(letters, crc, &square, sum);
        }
    if (!spelled) {
        uint32_t crc = 0xffffffff;
        for (int64_t at = 0; at < size; at++)
            crc = crc_step(crc, (uint8_t)form[at]);
        learn_letters(letters, crc, &square, sum);
    }
    words->letter_squares[row] = (float)square;
    const int64_t place = place_of(phrases, joined_end(joined_step(0x9E3779B97F4A7C15ULL, words->lemmas[row])));
    words->rarity[row] = place < 0 ? unknown : phrases->squares[place];
    return 1;
}

/* The vector of one sentence, of words and the marks around them. `lemmas`, `shapes` and `found` are scratch. */
static inline __attribute__((always_inline)) void read_sentence(const Features *all, const Words *words,
                                                                const int32_t *said, int64_t count, uint32_t *lemmas,
                                                                uint32_t *shapes, Found found, float *sum,
                                                                float *total) {
    const int64_t size = all->size;
    float letter_square = 0;
    memset(total, 0, (size_t)size * sizeof *total);
    memset(sum, 0, (size_t)size * sizeof *sum);
    for (int64_t at = 0; at < count; at++) {
        lemmas[at] = words->lemmas[said[at]], shapes[at] = words->shapes[said[at]];
        letter_square += words->letter_squares[said[at]];
        const float *word = words->letters + (int64_t)said[at] * size;
        for (int64_t k = 0; k < size; k++)
            total[k] += word[k];
    }
    take_runs(all, lemmas, count, 0, 3, &found);
    take_runs(all, shapes, count, 10, 4, &found);
    for (int64_t at = 0; at < count; at++) {
        const uint8_t traits = words->traits[said[at]];
        if (traits & 2)
            take(all, joined_end(joined_step(joined_step(20 * 0x9E3779B97F4A7C15ULL, lemmas[at]), shapes[at])), &found);
        if (traits & 1) {
            int pairs = 0;
            for (int64_t next = at + 1; next < count && pairs < 3; next++)
                if (words->traits[said[next]] & 1) {
                    pairs++;
                    take(all, joined_end(joined_step(joined_step(30 * 0x9E3779B97F4A7C15ULL, lemmas[at]), lemmas[next])),
                         &found);
                }
        }
    }
    add_rows(all, found.rows, found.count, sum);
    const float letter_share = letter_square > 0 ? 1 / sqrtf(letter_square) : 0;
    const float share = found.square > 0 ? 1 / sqrtf(found.square) : 0;
    for (int64_t k = 0; k < size; k++)
        total[k] = total[k] * letter_share + sum[k] * share;
}

/* The vectors of some sentences, whose words' rows lie side by side, marks among them; `ends` says where each ends.
 *
 * Returns 0 when there is no memory.
 */
CLONES int hamdel_read_sentences(const Features *all, const Words *words, const int32_t *said, const int64_t *ends,
                                 int64_t sentences, float *out) {
    int64_t longest = 0, begin = 0;
    for (int64_t i = 0; i < sentences; begin = ends[i++])
        if (ends[i] - begin > longest)
            longest = ends[i] - begin;
    const size_t each = 2 * sizeof(uint32_t) + MOST_FEATURES * sizeof(uint16_t);
    float *sum = malloc((size_t)all->size * sizeof *sum + (size_t)longest * each);
    if (!sum)
        return 0;
    uint32_t *lemmas = (uint32_t *)(sum + all->size), *shapes = lemmas + longest;
    const Found none = {(uint16_t *)(shapes + longest), 0, 0};
    begin = 0;
    for (int64_t i = 0; i < sentences; begin = ends[i++])
        read_sentence(all, words, said + begin, ends[i] - begin, lemmas, shapes, none, sum, out + i * all->size);
    free(sum);
    return 1;
}

typedef struct {
    uint32_t lemma;
    double rarity;
} Content;

static int by_lemma(const void *one, const void *other) {
    const uint32_t left = ((const Content *)one)->lemma, right = ((const Content *)other)->lemma;
    return (left > right) - (left < right);
}

/* The different lemmas of some words that carry content, by their hashes; returns how many. */
static int64_t content_of(const Words *words, const int32_t *said, int64_t count, Content *content) {
    int64_t found = 0, kept = 0;
    for (int64_t at = 0; at < count; at++)
        if (words->traits[said[at]] & 1)
            content[found++] = (Content){words->lemmas[said[at]], words->rarity[said[at]]};
    if (found < 32) /* as most sentences and messages */
        for (int64_t at = 1; at < found; at++) {
            const Content one = content[at];
            int64_t to = at;
            for (; to > 0 && content[to - 1].lemma > one.lemma; to--)
                content[to] = content[to - 1];
            content[to] = one;
        }
    else
        qsort(content, (size_t)found, sizeof *content, by_lemma);
    for (int64_t at = 0; at < found; at++)
        if (!kept || content[kept - 1].lemma != content[at].lemma)
            content[kept++] = content[at];
    return kept;
}

/* The plain facts of each sentence, PLAIN numbers: see evidence/learned/facts.py. A message of no words is none.
 *
 * Returns 0 when there is no memory.
 */
#define PLAIN 7
CLONES static int read_facts(const Words *words, const int32_t *said, const int64_t *ends, int64_t sentences,
                             const int32_t *message, int64_t message_words, int64_t alone, float *out) {
    int64_t longest = 0, begin = 0;
    for (int64_t i = 0; i < sentences; begin = ends[i++])
        if (ends[i] - begin > longest)
            longest = ends[i] - begin;
    Content *theirs = malloc((size_t)(message_words + longest + 1) * sizeof *theirs);
    if (!theirs)
        return 0;
    const int64_t asked = content_of(words, message, message_words, theirs);
    Content *mine = theirs + message_words;
    double length = 0;
    for (int64_t k = 0; k < asked; k++)
        length += theirs[k].rarity;
    length = sqrt(length);
    begin = 0;
    for (int64_t i = 0; i < sentences; begin = ends[i++]) {
        float *row = out + i * PLAIN;
        row[0] = row[1] = 0;
        row[2] = message_words > 0;
        row[3] = alone || i == 0;
        row[4] = alone || i + 1 == sentences;
        row[5] = alone || sentences == 1 ? 0 : (float)((double)i / (double)(sentences - 1));
        row[6] = 1;
        if (!message_words)
            continue;
        const int64_t count = content_of(words, said + begin, ends[i] - begin, mine);
        double own = 0, common = 0;
        int shared = 0;
        for (int64_t k = 0, at = 0; k < count; k++) {
            own += mine[k].rarity;
            while (at < asked && theirs[at].lemma < mine[k].lemma)
                at++;
            if (at < asked && theirs[at].lemma == mine[k].lemma)
                common += theirs[at].rarity, shared++;
        }
        if (shared) {
            row[0] = (float)(2 * common / (length * sqrt(own)));
            row[1] = (float)((shared < 3 ? shared : 3) / 3.0);
        }
    }
    free(theirs);
    return 1;
}

/* The dense layers of some networks of one shape, each of which sees its own part of the sentences' vectors. */
typedef struct {
    int64_t networks, size, hidden, labels; /* `size` numbers of a vector are a network's part */
    int64_t told;                           /* labels that are asked for, the first ones */
    const float *const *layers;             /* of each network: hidden, hidden bias, out, out bias, direct */
} Networks;

#define LANES 8 /* numbers that are worked on at once */
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float)), may_alias));
#define ROWS 4 /* sentences that are read together */

/* Add to `inner` what the units make of inputs first … last of `count` sentences; each input in its turn. */
static inline __attribute__((always_inline)) void add_inputs(const float *seen, int64_t width, int count, int64_t first,
                                                             int64_t last, const float *weights, int64_t hidden,
                                                             float *inner) {
    int64_t unit = 0;
    for (; unit + 2 * LANES <= hidden; unit += 2 * LANES) {
        Lanes left[ROWS], right[ROWS]; /* in registers */
        for (int i = 0; i < count; i++) {
            const float *from = inner + i * hidden + unit;
            left[i] = *(const Lanes *)from, right[i] = *(const Lanes *)(from + LANES);
        }
        for (int64_t k = first; k < last; k++) {
            const float *from = weights + k * hidden + unit;
            const Lanes one = *(const Lanes *)from, other = *(const Lanes *)(from + LANES);
            for (int i = 0; i < count; i++)
                left[i] += seen[i * width + k] * one, right[i] += seen[i * width + k] * other;
        }
        for (int i = 0; i < count; i++) {
            float *to = inner + i * hidden + unit;
            *(Lanes *)to = left[i], *(Lanes *)(to + LANES) = right[i];
        }
    }
    for (; unit < hidden; unit++)
        for (int i = 0; i < count; i++)
            for (int64_t k = first; k < last; k++)
                inner[i * hidden + unit] += seen[i * width + k] * weights[k * hidden + unit];
}

/* Add to `out` what `count` inputs make of it that have `told` of `labels` numbers each; those that are 0 are left out. */
static inline __attribute__((always_inline)) void add_labels(const float *inputs, int64_t count, const float *weights,
                                                             int64_t labels, int64_t told, float *out) {
    int64_t label = 0;
    for (; label + 2 * LANES <= told; label += 2 * LANES) {
        Lanes left = *(const Lanes *)(out + label), right = *(const Lanes *)(out + label + LANES);
        for (int64_t k = 0; k < count; k++)
            if (inputs[k] != 0) {
                const float *from = weights + k * labels + label;
                left += inputs[k] * *(const Lanes *)from, right += inputs[k] * *(const Lanes *)(from + LANES);
            }
        *(Lanes *)(out + label) = left, *(Lanes *)(out + label + LANES) = right;
    }
    for (; label < told; label++)
        for (int64_t k = 0; k < count; k++)
            out[label] += inputs[k] * weights[k * labels + label];
}

/* One network's outputs for up to ROWS sentences; adds them to `out`. */
static inline __attribute__((always_inline)) void add_outputs(const Networks *all, const float *const *layers,
                                                              const float *seen, int64_t width, int count,
                                                              const int64_t *ranges, int parts, float *inner,
                                                              float *out) {
    for (int i = 0; i < count; i++)
        memcpy(inner + i * all->hidden, layers[1], (size_t)all->hidden * sizeof *inner);
    for (int part = 0; part < parts; part++)
        add_inputs(seen, width, count, ranges[2 * part], ranges[2 * part + 1], layers[0], all->hidden, inner);
    for (int i = 0; i < count; i++) {
        float *logits = out + i * all->told;
        for (int64_t label = 0; label < all->told; label++)
            logits[label] += layers[3][label];
        float *units = inner + i * all->hidden;
        for (int64_t unit = 0; unit < all->hidden; unit++)
            units[unit] = units[unit] > 0 ? units[unit] : 0;
        add_labels(units, all->hidden, layers[2], all->labels, all->told, logits);
        add_labels(seen + i * width, all->size, layers[4], all->labels, all->told, logits);
    }
}

/* The networks' mean logits of each sentence, `told` numbers, from its vector, its neighbours', the message's (NULL
 * where there is none) and its facts. Where each stands `alone`, it is a reply of its own.
 *
 * Returns 0 when there is no memory.
 */
CLONES static int read_layers(const Networks *all, const float *own, const float *message, const float *facts,
                              int64_t sentences, int64_t alone, float *out) {
    const int64_t size = all->size, stride = size * all->networks, width = 6 * size + PLAIN;
    float *seen = malloc((size_t)(ROWS * (width + all->hidden) + size) * sizeof *seen);
    if (!seen)
        return 0;
    float *inner = seen + ROWS * width, *mean = inner + ROWS * all->hidden;
    /* What nobody sees is left out: neighbours of what stands alone, and the message where there is none. */
    int64_t ranges[6] = {0, alone ? size : 4 * size};
    int parts = 1;
    if (alone)
        ranges[2] = 3 * size, ranges[3] = 4 * size, parts = 2;
    if (message)
        ranges[2 * parts - 1] = width;
    else
        ranges[2 * parts] = 6 * size, ranges[2 * parts + 1] = width, parts++;
    memset(out, 0, (size_t)(sentences * all->told) * sizeof *out);
    for (int64_t network = 0; network < all->networks; network++) {
        const float *const *layers = all->layers + 5 * network;
        const float *vectors = own + network * size, *theirs = message ? message + network * size : NULL;
        memset(mean, 0, (size_t)size * sizeof *mean);
        for (int64_t i = 0; i < sentences && !alone; i++)
            for (int64_t k = 0; k < size; k++)
                mean[k] += vectors[i * stride + k] / (float)sentences;
        for (int64_t begin = 0; begin < sentences; begin += ROWS) {
            const int count = sentences - begin < ROWS ? (int)(sentences - begin) : ROWS;
            for (int i = 0; i < count; i++) {
                const float *mine = vectors + (begin + i) * stride;
                const float *before = alone || begin + i == 0 ? NULL : mine - stride;
                const float *after = alone || begin + i + 1 == sentences ? NULL : mine + stride;
                float *row = seen + i * width;
                for (int64_t k = 0; k < size; k++) {
                    row[k] = mine[k];
                    row[size + k] = before ? before[k] : 0;
                    row[2 * size + k] = after ? after[k] : 0;
                    row[3 * size + k] = alone ? mine[k] : mean[k];
                    row[4 * size + k] = theirs ? theirs[k] : 0;
                    row[5 * size + k] = theirs ? mine[k] * theirs[k] : 0;
                }
                memcpy(row + 6 * size, facts + (begin + i) * PLAIN, PLAIN * sizeof *row);
            }
            float *logits = out + begin * all->told;
            switch (count) { /* a loop of its own for each, so that the sums stay in registers */
            case 1: add_outputs(all, layers, seen, width, 1, ranges, parts, inner, logits); break;
            case 2: add_outputs(all, layers, seen, width, 2, ranges, parts, inner, logits); break;
            case 3: add_outputs(all, layers, seen, width, 3, ranges, parts, inner, logits); break;
            default: add_outputs(all, layers, seen, width, ROWS, ranges, parts, inner, logits);
            }
        }
    }
    for (int64_t k = 0; k < sentences * all->told; k++)
        out[k] /= (float)all->networks;
    free(seen);
    return 1;
}

/* Logits, facts and vectors of a reply's sentences, one after the other in `out`.
 *
 * Behind the sentences' words are those of the message, up to `rows`; `message` is its vector, NULL where there is none.
 * Returns 0 when there is no memory.
 */
int hamdel_read_reply(const Features *all, const Words *words, const Networks *networks, const int32_t *said,
                      const int64_t *ends, int64_t sentences, int64_t rows, const float *message, int64_t alone,
                      float *out) {
    float *facts = out + sentences * networks->told, *vectors = facts + sentences * PLAIN;
    const int64_t end = ends[sentences - 1];
    return hamdel_read_sentences(all, words, said, ends, sentences, vectors) &&
           read_facts(words, said, ends, sentences, said + end, rows - end, alone, facts) &&
           read_layers(networks, vectors, message, facts, sentences, alone, out);
}

/* The outputs of one hidden layer for one row of inputs.
 *
 * Returns 0 when there is no memory.
 */
CLONES int hamdel_pass_layer(const float *inputs, int64_t count, int64_t hidden, int64_t outputs, const float *weights,
                             const float *bias, const float *out_weights, const float *out_bias, float *out) {
    float *inner = calloc((size_t)hidden, sizeof *inner);
    if (!inner)
        return 0;
    add_inputs(inputs, count, 1, 0, count, weights, hidden, inner);
    for (int64_t unit = 0; unit < hidden; unit++)
        inner[unit] = inner[unit] + bias[unit] > 0 ? inner[unit] + bias[unit] : 0;
    memset(out, 0, (size_t)outputs * sizeof *out);
    for (int64_t unit = 0; unit < hidden; unit++)
        if (inner[unit] > 0)
            for (int64_t k = 0; k < outputs; k++)
                out[k] += inner[unit] * out_weights[unit * outputs + k];
    for (int64_t k = 0; k < outputs; k++)
        out[k] += out_bias[k];
    free(inner);
    return 1;
}
