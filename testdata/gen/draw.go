package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// A draw is a source of randomness. Each story has its own, so that a change to one
// story does not alter the others.
type draw struct{ *rand.Rand }

func newDraw(seed uint64, name string) draw {
	h := fnv.New64a()
	h.Write([]byte(name))
	return draw{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// pick takes one of the values.
func pick[T any](d draw, values ...T) T { return values[d.IntN(len(values))] }

// chance is true with probability p.
func (d draw) chance(p float64) bool { return d.Float64() < p }

const (
	digitsAndCapitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alphanumerics     = digitsAndCapitals + "abcdefghijklmnopqrstuvwxyz"
	// base32Capitals are the characters of access key ids and unique ids.
	base32Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

func (d draw) text(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.IntN(len(alphabet))]
	}
	return string(b)
}

func (d draw) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(d.Uint32())
	}
	return b
}

func (d draw) hex(n int) string { return hex.EncodeToString(d.bytes((n + 1) / 2))[:n] }

// uuid is a random one, version 4.
func (d draw) uuid() string {
	b := d.bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// requestID has the form of S3's x-amz-request-id.
func (d draw) requestID() string { return d.text(16, digitsAndCapitals) }

// stable returns a draw that is always the same for the same text.
func stable(text string) draw { return newDraw(defaultSeed, text) }

// hostID has the form of S3's x-amz-id-2. It is the same for a bucket all day: random
// text would not compress, and would be a third of the archive.
func hostID(bucket string, at time.Time) string {
	return base64.StdEncoding.EncodeToString(stable(bucket + at.Format(time.DateOnly)).bytes(56))
}

// gamma draws from the gamma distribution with mean 1 and the given shape of at least 1
// (Marsaglia and Tsang, 2000).
func (d draw) gamma(shape float64) float64 {
	a := shape - 1.0/3
	c := 1 / math.Sqrt(9*a)
	for {
		x := d.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(d.Float64()) < x*x/2+a-a*v+a*math.Log(v) {
			return a * v / shape
		}
	}
}

// poisson draws by multiplication (Knuth), which is fast enough for the small means of
// an hour.
func (d draw) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := d.Float64(); p > limit; p *= d.Float64() {
		n++
	}
	return n
}

// A rhythm says how busy an hour is; a working day has mean 1.
type rhythm func(time.Time) float64

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// machine is equally busy at all hours.
func machine(time.Time) float64 { return 1 }

// workload follows what people cause, with half as much on weekends.
func workload(t time.Time) float64 {
	if weekend(t) {
		return 0.5
	}
	return 1
}

// office follows working hours, with almost nothing on weekends.
func office(t time.Time) float64 {
	switch h := t.Hour(); {
	case weekend(t):
		return 0.06
	case h >= 7 && h < 18:
		return 2.1
	default:
		return 0.07
	}
}

// burstiness is the gamma shape of each hour. The smaller it is, the more the counts
// vary around their mean.
const burstiness = 3

// times draws the moments of events between two times, in order: for each hour the mean by rhythm and level (nil: 1),
// times a gamma factor, then Poisson. level gets the share of the window that has passed.
func (d draw) times(from, to time.Time, perDay float64, r rhythm, level func(float64) float64) []time.Time {
	var at []time.Time
	for hour := from.Truncate(time.Hour); hour.Before(to); hour = hour.Add(time.Hour) {
		mean := perDay / 24 * r(hour) * d.gamma(burstiness)
		if level != nil {
			mean *= level(hour.Sub(windowStart).Hours() / windowEnd.Sub(windowStart).Hours())
		}
		for range d.poisson(mean) {
			t := hour.Add(time.Duration(d.IntN(3600)) * time.Second)
			if !t.Before(from) && t.Before(to) {
				at = append(at, t)
			}
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	return at
}
