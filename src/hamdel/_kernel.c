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

/* The learned reader (evidence/learned/network.py, whose numpy version gives the same numbers but for rounding). */

typedef struct {
    const uint32_t *hashes; /* sorted features that are more than letters */
    int64_t count;
    const uint32_t *steps;  /* 65,537 places: where the features begin that share their upper 16 bits */
    const uint16_t *rows;   /* of each feature; 65535 for none */
    const float *squares;   /* of each feature's rarity */
    const int8_t *vectors;
    const float *scale;     /* of each row */
    int64_t size;           /* numbers in a vector */
} Features;

static inline uint64_t joined_step(uint64_t state, uint64_t value) {
    state = (state ^ value) * 0x9E3779B97F4A7C15ULL;
    return state ^ (state >> 29);
}

static inline uint32_t joined_end(uint64_t state) {
    state = (state ^ (state >> 32)) * 0xFF51AFD7ED558CCDULL;
    return (uint32_t)(state >> 32);
}

/* Add one feature's vector to a sentence's sum, and its square to what the sum is divided by. */
static inline __attribute__((always_inline)) void take(const Features *all, uint32_t hash, float *sum, float *square) {
    const uint32_t high = hash >> 16;
    int64_t low = all->steps[high], end = all->steps[high + 1];
    while (low < end && all->hashes[low] < hash)
        low++;
    if (low >= end || all->hashes[low] != hash)
        return;
    *square += all->squares[low];
    if (all->rows[low] == 65535)
        return;
    const int8_t *row = all->vectors + (int64_t)all->rows[low] * all->size;
    const float factor = all->scale[all->rows[low]];
    for (int64_t k = 0; k < all->size; k++)
        sum[k] += factor * (float)row[k];
}

static inline __attribute__((always_inline)) void take_runs(const Features *all, const uint32_t *values, int64_t count,
                                                            uint64_t tag, int longest, float *sum, float *square) {
    for (int n = 1; n <= longest && n <= count; n++)
        for (int64_t at = 0; at + n <= count; at++) {
            uint64_t state = (tag + (uint64_t)n) * 0x9E3779B97F4A7C15ULL;
            for (int k = 0; k < n; k++)
                state = joined_step(state, values[at + k]);
            take(all, joined_end(state), sum, square);
        }
}

/* The vectors of some sentences, whose words lie side by side.
 *
 * `lemmas` and `shapes` have an opening and a closing mark around each sentence, which has ends[i] - ends[i-1] of them.
 * `traits` says of each: 1 carries content, 2 is inflected. `letters` has for each word the row of `known` with the sum
 * of its letters' vectors (-1 for a mark), whose squares are in `known_squares`. `out` is zeroed by the caller.
 */
CLONES void hamdel_read_sentences(const Features *all, const uint32_t *lemmas, const uint32_t *shapes,
                                  const uint8_t *traits, const int32_t *letters, const float *known,
                                  const float *known_squares, const int64_t *ends, int64_t sentences, float *scratch,
                                  float *out) {
    const int64_t size = all->size;
    int64_t begin = 0;
    for (int64_t i = 0; i < sentences; i++) {
        const int64_t end = ends[i], count = end - begin;
        float square = 0, letter_square = 0, *sum = scratch, *total = out + i * size;
        for (int64_t at = begin; at < end; at++)
            if (letters[at] >= 0) {
                const float *word = known + (int64_t)letters[at] * size;
                letter_square += known_squares[letters[at]];
                for (int64_t k = 0; k < size; k++)
                    total[k] += word[k];
            }
        memset(sum, 0, (size_t)size * sizeof *sum);
        take_runs(all, lemmas + begin, count, 0, 3, sum, &square);
        take_runs(all, shapes + begin, count, 10, 4, sum, &square);
        for (int64_t at = begin; at < end; at++) {
            if (traits[at] & 2)
                take(all, joined_end(joined_step(joined_step(20 * 0x9E3779B97F4A7C15ULL, lemmas[at]), shapes[at])), sum,
                     &square);
            if (traits[at] & 1) {
                int found = 0;
                for (int64_t next = at + 1; next < end && found < 3; next++)
                    if (traits[next] & 1) {
                        found++;
                        take(all, joined_end(joined_step(joined_step(30 * 0x9E3779B97F4A7C15ULL, lemmas[at]), lemmas[next])),
                             sum, &square);
                    }
            }
        }
        const float letter_share = letter_square > 0 ? 1 / sqrtf(letter_square) : 0;
        const float share = square > 0 ? 1 / sqrtf(square) : 0;
        for (int64_t k = 0; k < size; k++)
            total[k] = total[k] * letter_share + sum[k] * share;
        begin = end;
    }
}

/* One hidden layer over what a network sees of each sentence; adds the outputs to `out`.
 *
 * `own` has `stride` numbers a sentence, of which this network sees `size`; `message` is NULL where there is none.
 */
CLONES void hamdel_read_layers(const float *own, int64_t stride, const float *message, const float *facts,
                               int64_t sentences, int64_t size, int64_t plain, int64_t hidden, int64_t labels,
                               int64_t told, int64_t alone, const float *weights, const float *bias, const float *out_weights,
                               const float *out_bias, const float *direct, float *scratch, float *out) {
    float *mean = scratch, *seen = scratch + size, *inner = seen + 6 * size + plain;
    memset(mean, 0, (size_t)size * sizeof *mean);
    for (int64_t i = 0; i < sentences; i++)
        for (int64_t k = 0; k < size; k++)
            mean[k] += own[i * stride + k] / (float)sentences;
    for (int64_t i = 0; i < sentences; i++) {
        const float *mine = own + i * stride;
        const float *before = alone || i == 0 ? NULL : mine - stride, *after = alone || i + 1 == sentences ? NULL : mine + stride;
        for (int64_t k = 0; k < size; k++) {
            seen[k] = mine[k];
            seen[size + k] = before ? before[k] : 0;
            seen[2 * size + k] = after ? after[k] : 0;
            seen[3 * size + k] = alone ? mine[k] : mean[k];
            seen[4 * size + k] = message ? message[k] : 0;
            seen[5 * size + k] = message ? mine[k] * message[k] : 0;
        }
        memcpy(seen + 6 * size, facts + i * plain, (size_t)plain * sizeof *seen);
        memcpy(inner, bias, (size_t)hidden * sizeof *inner);
        for (int64_t k = 0; k < 6 * size + plain; k++) {
            const float value = seen[k], *row = weights + k * hidden;
            if (value != 0)
                for (int64_t unit = 0; unit < hidden; unit++)
                    inner[unit] += value * row[unit];
        }
        float *logits = out + i * told;
        for (int64_t label = 0; label < told; label++)
            logits[label] += out_bias[label];
        for (int64_t unit = 0; unit < hidden; unit++)
            if (inner[unit] > 0)
                for (int64_t label = 0; label < told; label++)
                    logits[label] += inner[unit] * out_weights[unit * labels + label];
        for (int64_t k = 0; k < size; k++)
            for (int64_t label = 0; label < told; label++)
                logits[label] += mine[k] * direct[k * labels + label];
    }
}
