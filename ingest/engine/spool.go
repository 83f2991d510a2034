package engine

import (
	"os"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxHeld is how many compressed bytes a spool holds in memory. Above that, it writes to
// a temporary file.
const maxHeld = 16 << 20

// spool holds texts until each of them was taken once.
type spool struct {
	mu     sync.Mutex
	memory []byte
	file   *os.File
	named  bool  // the file has its name still, as some systems remove none that is open
	size   int64 // of the file
	left   int   // how many texts were not taken
	codec  codec
}

// codec compresses texts.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

var newCodec = sync.OnceValues(func() (c codec, err error) {
	c.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err == nil {
		c.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	}
	return c, err
})

func newSpool() (*spool, error) {
	c, err := newCodec()
	return &spool{codec: c}, err
}

// place is where a text is.
type place struct {
	inFile bool
	at     int64
	length int
}

// put keeps a text.
func (s *spool) put(text string) (place, error) {
	packed := s.codec.encoder.EncodeAll([]byte(text), nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left++
	if len(s.memory)+len(packed) <= maxHeld {
		s.memory = append(s.memory, packed...)
		return place{false, int64(len(s.memory) - len(packed)), len(packed)}, nil
	}
	if err := s.open(); err != nil {
		return place{}, err
	}
	p := place{true, s.size, len(packed)}
	n, err := s.file.WriteAt(packed, s.size)
	s.size += int64(n)
	return p, err
}

// open opens the file.
func (s *spool) open() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "trail403-*.zst"); err == nil {
			s.named = os.Remove(s.file.Name()) != nil
		}
	}
	return err
}

// take returns a text. After the last one, nothing is left of the spool.
func (s *spool) take(p place) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	packed := make([]byte, p.length)
	var err error
	if p.inFile {
		_, err = s.file.ReadAt(packed, p.at)
	} else {
		copy(packed, s.memory[p.at:])
	}
	if s.left--; s.left == 0 {
		s.drop()
	}
	if err != nil {
		return nil, err
	}
	return s.codec.decoder.DecodeAll(packed, nil)
}

// drop frees all of it.
func (s *spool) drop() {
	s.memory = nil
	if s.file == nil {
		return
	}
	s.file.Close()
	if s.named {
		os.Remove(s.file.Name())
	}
	s.file = nil
}
