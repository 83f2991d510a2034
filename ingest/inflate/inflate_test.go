package inflate

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// reference is the standard library's, which is slow and right. rest is what it
// left of the stream.
func reference(stream []byte) (text, rest []byte, err error) {
	in := bytes.NewReader(stream)
	text, err = io.ReadAll(flate.NewReader(in))
	return text, stream[len(stream)-in.Len():], err
}

func inflate(r *Reader, stream io.Reader, buffer int) (text, rest []byte, err error) {
	in := bufio.NewReaderSize(stream, buffer)
	r.Reset(in)
	if text, err = io.ReadAll(r); err != nil {
		return text, nil, err
	}
	rest, err = io.ReadAll(in)
	return text, rest, err
}

// check compares what becomes of a stream with the reference.
func check(t *testing.T, r *Reader, stream []byte) {
	t.Helper()
	want, rest, wantErr := reference(stream)
	for _, buffer := range []int{64, 100, 64 << 10} {
		got, left, err := inflate(r, bytes.NewReader(stream), buffer)
		switch {
		case (err == nil) != (wantErr == nil):
			t.Fatalf("%d bytes, buffer of %d: got %v, want %v", len(stream), buffer, err, wantErr)
		case err != nil && err != ErrCorrupt && err != io.ErrUnexpectedEOF:
			t.Fatalf("got error %v", err)
		case err == io.ErrUnexpectedEOF && wantErr != err:
			t.Fatalf("%d bytes, buffer of %d: got %v, want %v", len(stream), buffer, err, wantErr)
		case err != nil && !bytes.HasPrefix(want, got):
			t.Fatalf("%d bytes, buffer of %d: got %d bytes that are not those of the reference", len(stream), buffer, len(got))
		case err == nil && !bytes.Equal(got, want):
			t.Fatalf("%d bytes, buffer of %d: got other %d bytes than the reference's %d", len(stream), buffer, len(got), len(want))
		case err == nil && !bytes.Equal(left, rest):
			t.Fatalf("%d bytes, buffer of %d: left %d bytes, want %d", len(stream), buffer, len(left), len(rest))
		}
	}
}

func deflate(text []byte, level int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		panic(err)
	}
	w.Write(text)
	w.Close()
	return b.Bytes()
}

// texts are of all kinds that make an encoder do something else.
func texts() map[string][]byte {
	rng := rand.New(rand.NewPCG(1, 2))
	random := make([]byte, 300_000)
	for i := range random {
		random[i] = byte(rng.Uint32())
	}
	var skewed, words []byte // codes of all lengths; matches of all distances
	for len(skewed) < 500_000 {
		skewed = append(skewed, byte(rng.ExpFloat64()*9))
	}
	for len(words) < 500_000 {
		from := rng.IntN(len(random) / 3)
		words = append(words, random[from:from+rng.IntN(300)]...)
	}
	all := map[string][]byte{
		"empty": nil, "byte": {'x'}, "random": random, "skewed": skewed, "words": words,
		"zeros": make([]byte, 400_000), "records": []byte(records(400)),
	}
	for distance := 1; distance <= 33; distance++ {
		all[fmt.Sprint("period ", distance)] = bytes.Repeat(random[:distance], 2000/distance)
	}
	for _, n := range []int{history, history + chunk, chunk} {
		all[fmt.Sprint("far ", n)] = append(bytes.Clone(random[:n]), random[:1000]...)
	}
	return all
}

// records looks like a trail file with n records.
func records(n int) string {
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString(`{"Records":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA%016X:i-%017x",`+
			`"arn":"arn:aws:sts::111122223333:assumed-role/role-%d/i-%017x","accountId":"111122223333"},`+
			`"eventTime":"2026-08-%02dT%02d:%02d:%02dZ","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"us-east-1",`+
			`"sourceIPAddress":"10.0.%d.%d","requestParameters":{"bucketName":"bucket-%d","key":"part-%08x"},"requestID":"%016X","eventID":"%016x-%016x"}`,
			rng.IntN(40), rng.IntN(40), rng.IntN(40), rng.IntN(40), 1+rng.IntN(28), rng.IntN(24), rng.IntN(60), rng.IntN(60),
			rng.IntN(4), rng.IntN(256), rng.IntN(30), rng.Uint32(), rng.Uint64(), rng.Uint64(), rng.Uint64())
	}
	b.WriteString("]}")
	return b.String()
}

func TestReader(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it has no goroutines, so the race detector finds nothing in it")
	}
	var r Reader
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			for level := -2; level <= 9; level++ {
				stream := deflate(text, level)
				check(t, &r, stream)
				check(t, &r, append(bytes.Clone(stream), "what follows\x00\xff"...))
				got, _, err := inflate(&r, iotest.HalfReader(bytes.NewReader(stream)), 4<<10)
				if err != nil || !bytes.Equal(got, text) {
					t.Fatalf("level %d: %d bytes, %v", level, len(got), err)
				}
			}
		})
	}
}

// A stream that ends early is distinguished from one that is wrong, wherever it
// ends.
func TestCut(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it has no goroutines, so the race detector finds nothing in it")
	}
	var r Reader
	for _, level := range []int{flate.NoCompression, flate.HuffmanOnly, flate.BestSpeed, flate.BestCompression} {
		stream := deflate([]byte(records(3)), level)
		for n := range stream {
			for _, buffer := range []int{64, 64 << 10} {
				got, _, err := inflate(&r, bytes.NewReader(stream[:n]), buffer)
				if err != io.ErrUnexpectedEOF || !strings.HasPrefix(records(3), string(got)) {
					t.Fatalf("level %d, %d of %d bytes: got %q, %v", level, n, len(stream), got, err)
				}
			}
		}
	}
}

// An error of the input is returned as it is, and again, once the text before it
// is read.
func TestInputError(t *testing.T) {
	text := []byte(records(2000))
	stream := deflate(text, 6)
	fire := errors.New("disk on fire")
	for _, n := range []int{0, 1, len(stream) / 2, len(stream) - 1} {
		var r Reader
		got, _, err := inflate(&r, io.MultiReader(bytes.NewReader(stream[:n]), iotest.ErrReader(fire)), 64<<10)
		if err != fire || !bytes.HasPrefix(text, got) || n == len(stream)/2 && len(got) < len(text)/4 {
			t.Errorf("%d bytes: got %d bytes of text, %v", n, len(got), err)
		}
		if n, err := r.Read(make([]byte, 1)); n != 0 || err != fire {
			t.Errorf("again: got %d, %v", n, err)
		}
	}
}

func FuzzReader(f *testing.F) {
	for _, text := range []string{"", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", records(2)} {
		for level := -2; level <= 9; level++ {
			f.Add(deflate([]byte(text), level))
		}
	}
	for _, s := range odd() {
		f.Add(s.stream)
	}
	var r Reader
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, &r, data) // as a stream
		stream := deflate(data, len(data)%12-2)
		check(t, &r, stream) // as text
	})
}

func BenchmarkReader(b *testing.B) {
	text := []byte(records(5000))
	for _, bench := range []struct {
		name string
		text []byte
	}{{"fat", text}, {"thin", text[:6000]}} {
		b.Run(bench.name, func(b *testing.B) {
			stream := deflate(bench.text, 6)
			in := bufio.NewReaderSize(nil, 64<<10)
			buf := make([]byte, 256<<10)
			var r Reader
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				in.Reset(bytes.NewReader(stream))
				r.Reset(in)
				for {
					if _, err := r.Read(buf); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
