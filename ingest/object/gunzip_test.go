package object

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"trail403/ingest/inflate"
)

// unzip reads a gzip file with g, which was used before.
func unzip(g *gunzip, in io.Reader, buffer int) (string, error) {
	if err := g.reset(bufio.NewReaderSize(in, buffer)); err != nil {
		return "", err
	}
	text, err := io.ReadAll(g)
	return string(text), err
}

// member is a member of a gzip file, of no blocks but stored ones, whose header
// has all that the flags say.
func member(flags byte, text string) string {
	head := []byte{0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 255}
	if flags&hasExtra != 0 {
		head = append(head, 0x2c, 1)
		head = append(head, strings.Repeat("extra\x00", 50)...)
	}
	if flags&hasName != 0 {
		head = append(head, "name\xff\x00"...)
	}
	if flags&hasComment != 0 {
		head = append(head, strings.Repeat("comment ", 100)+"\x00"...)
	}
	if flags&hasSum != 0 {
		head = binary.LittleEndian.AppendUint16(head, uint16(crc32.ChecksumIEEE(head)))
	}
	n := uint16(len(text))
	head = binary.LittleEndian.AppendUint16(append(head, 1), n)
	head = append(binary.LittleEndian.AppendUint16(head, ^n), text...)
	head = binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE([]byte(text)))
	return string(binary.LittleEndian.AppendUint32(head, uint32(n)))
}

// gz compresses each text as one member of a gzip file.
func gz(texts ...string) string {
	var b bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&b)
		w.Write([]byte(text))
		w.Close()
	}
	return b.String()
}

// The parts of a header that nobody needs, in all combinations, and cut anywhere.
func TestGzipHeaders(t *testing.T) {
	var g gunzip
	for flags := range byte(1 << 5) {
		file := member(flags, "text") + gz("more") + member(flags, "") + "\x00\x00"
		for name, in := range map[string]io.Reader{
			"whole": strings.NewReader(file), "bytes": iotest.OneByteReader(strings.NewReader(file)),
			"error with data": iotest.DataErrReader(strings.NewReader(file)), "empty reads": &lazy{r: strings.NewReader(file)},
		} {
			if text, err := unzip(&g, in, 64); text != "textmore" || err != nil {
				t.Errorf("flags %#x, %s: got %q, %v", flags, name, text, err)
			}
		}
		first := member(flags, "text")
		for n := range first {
			if _, err := unzip(&g, strings.NewReader(first[:n]), 64); err != errCut {
				t.Fatalf("flags %#x, cut behind %d bytes: %v", flags, n, err)
			}
			text, err := unzip(&g, strings.NewReader(first+first[:n]), 64)
			if n > 0 && err != errCut || n == 0 && err != nil || !strings.HasPrefix(text, "text") {
				t.Fatalf("flags %#x, cut behind %d bytes of the second: %q, %v", flags, n, text, err)
			}
		}
	}
	for _, flags := range []byte{1 << 5, 1 << 6, 1 << 7} {
		if _, err := unzip(&g, strings.NewReader(member(flags, "text")), 64); err != errHeader {
			t.Errorf("flags %#x: %v", flags, err)
		}
	}
	sum := len(member(hasName, "")) - 13 // of the header, which a block and the trailer follow
	damaged := []byte(member(hasName|hasSum, ""))
	damaged[sum] ^= 0x55
	if _, err := unzip(&g, bytes.NewReader(damaged), 64); err != errHeader {
		t.Errorf("wrong checksum of the header: %v", err)
	}
}

// lazy returns nothing, and no error, every other time.
type lazy struct {
	r   io.Reader
	odd bool
}

func (l *lazy) Read(p []byte) (int, error) {
	if l.odd = !l.odd; l.odd {
		return 0, nil
	}
	return l.r.Read(p)
}

// Each bit of a file, flipped: where compress/gzip sees no damage, there is none.
// Nor does an error stick: intact files come between.
func TestGzipDamage(t *testing.T) {
	var g gunzip
	whole := gz(`{"Records":[{"eventName":"GetObject","errorCode":"AccessDenied"}]}`, "", "more")
	want, err := unzip(&g, strings.NewReader(whole), 64)
	if err != nil {
		t.Fatal(err)
	}
	known := []error{errCut, errHeader, errChecksum, errTrailing, inflate.ErrCorrupt}
	for i := range 8 * len(whole) {
		damaged := []byte(whole)
		damaged[i/8] ^= 1 << (i % 8)
		theirs := errors.New("no gzip")
		var text []byte
		if r, err := gzip.NewReader(bytes.NewReader(damaged)); err == nil {
			text, theirs = io.ReadAll(r)
		}
		got, err := unzip(&g, bytes.NewReader(damaged), 64)
		switch {
		case err == nil && (theirs != nil || got != string(text)):
			t.Fatalf("bit %d: got %q, they got %q, %v", i, got, text, theirs)
		case err == errHeader && theirs == nil: // a reserved flag, which they do not look at
		case err != nil && theirs == nil:
			t.Fatalf("bit %d: got %v, they got none", i, err)
		}
		if err != nil {
			if _, again := g.Read(make([]byte, 1)); !slices.Contains(known, err) || again != err {
				t.Fatalf("bit %d: got %v, then %v", i, err, again)
			}
		}
		if got, err := unzip(&g, strings.NewReader(whole), 64); got != want || err != nil {
			t.Fatalf("bit %d: then the whole file: %d bytes, %v", i, len(got), err)
		}
	}
}

// The size of a member is counted up to 4 GiB, then from 0 again.
func TestGzipSizeWraps(t *testing.T) {
	var g gunzip
	file := []byte(member(0, "text"))
	binary.LittleEndian.PutUint32(file[len(file)-4:], 0)
	if err := g.reset(bufio.NewReader(bytes.NewReader(file))); err != nil {
		t.Fatal(err)
	}
	g.size = 1<<32 - 4 // as if so much had been read
	if text, err := io.ReadAll(&g); err != nil || string(text) != "text" {
		t.Errorf("got %q, %v", text, err)
	}
}

// A read of no bytes returns, as everywhere.
func TestGzipEmptyRead(t *testing.T) {
	var g gunzip
	if err := g.reset(bufio.NewReader(strings.NewReader(gz("text")))); err != nil {
		t.Fatal(err)
	}
	if n, err := g.Read(nil); n != 0 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	if text, err := io.ReadAll(&g); string(text) != "text" || err != nil {
		t.Errorf("got %q, %v", text, err)
	}
}
