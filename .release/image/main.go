// Command image writes an OCI image of trail403 for several platforms, without a daemon and
// without a base image. The same inputs give the same bytes.
//
//	image -o trail403.oci.tar -version 1.2.3 -date 2026-10-28T09:15:00Z \
//		-zones GOROOT/lib/time/zoneinfo.zip linux/amd64=BINARY linux/arm64=BINARY
//
// The image holds the program, the certificates of authorities that Mozilla trusts, and the
// time zones that come with Go. The program runs as a user without rights.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// Where the image has its files, and the user that the program runs as.
const (
	program      = "usr/bin/trail403"
	certificates = "etc/ssl/certs/ca-certificates.crt"
	zones        = "usr/share/zoneinfo.zip"
	user         = "65532"
)

func main() {
	out := flag.String("o", "", "write the image to this file, a tar archive of an OCI layout")
	version := flag.String("version", "", "the version of the program")
	date := flag.String("date", "", "when the image says that it was made, RFC 3339")
	zoneFile := flag.String("zones", "", "the file with the time zones, lib/time/zoneinfo.zip of Go")
	flag.Parse()
	if err := run(*out, *version, *date, *zoneFile, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func run(out, version, date, zoneFile string, binaries []string) error {
	made, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return err
	}
	zoneText, err := os.ReadFile(zoneFile)
	if err != nil {
		return err
	}
	index := v1.ImageIndex(empty.Index)
	index = mutate.IndexMediaType(index, types.OCIImageIndex)
	for _, b := range binaries {
		platform, file, ok := strings.Cut(b, "=")
		system, arch, ok2 := strings.Cut(platform, "/")
		if !ok || !ok2 {
			return fmt.Errorf("%q is not OS/ARCH=FILE", b)
		}
		text, err := files(file, zoneText, made)
		if err != nil {
			return err
		}
		img, err := image(text, version, made, system, arch)
		if err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{
			Add:        img,
			Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: system, Architecture: arch}},
		})
	}
	dir, err := os.MkdirTemp("", "image")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := layout.Write(dir, index); err != nil {
		return err
	}
	return pack(out, dir, made)
}

// image makes the image of one platform, which has a single layer.
func image(text []byte, version string, made time.Time, system, arch string) (v1.Image, error) {
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(text)), nil
	}, tarball.WithMediaType(types.OCILayer), tarball.WithCompressionLevel(gzip.BestCompression))
	if err != nil {
		return nil, err
	}
	img := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	img, err = mutate.Append(img, mutate.Addendum{Layer: layer, History: v1.History{
		Created: v1.Time{Time: made}, CreatedBy: "trail403 release",
	}})
	if err != nil {
		return nil, err
	}
	return mutate.ConfigFile(img, config(img, version, made, system, arch))
}

func config(img v1.Image, version string, made time.Time, system, arch string) *v1.ConfigFile {
	c, err := img.ConfigFile()
	if err != nil {
		panic(err) // it is in memory
	}
	c = c.DeepCopy()
	c.OS, c.Architecture, c.Created = system, arch, v1.Time{Time: made}
	c.Config = v1.Config{
		Entrypoint: []string{"/" + program},
		Env:        []string{"PATH=/usr/bin", "SSL_CERT_FILE=/" + certificates, "ZONEINFO=/" + zones},
		User:       user + ":" + user,
		WorkingDir: "/tmp",
		Labels: map[string]string{
			"org.opencontainers.image.title":    "trail403",
			"org.opencontainers.image.version":  version,
			"org.opencontainers.image.licenses": "Apache-2.0",
		},
	}
	return c
}

// files returns the layer as a tar archive.
func files(binary string, zoneText []byte, made time.Time) ([]byte, error) {
	text, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	var roots bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil { // a program cannot read the others from a file
			if err := pem.Encode(&roots, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	add := func(name string, mode int64, owner int, text []byte) {
		h := &tar.Header{Name: name, Mode: mode, Size: int64(len(text)), ModTime: made, Uid: owner, Gid: owner}
		if strings.HasSuffix(name, "/") {
			h.Typeflag = tar.TypeDir
		}
		if err == nil {
			err = w.WriteHeader(h)
		}
		if err == nil {
			_, err = w.Write(text)
		}
	}
	for _, dir := range []string{"etc/", "etc/ssl/", "etc/ssl/certs/", "usr/", "usr/bin/", "usr/share/"} {
		add(dir, 0o755, 0, nil)
	}
	add("tmp/", 0o1777, 0, nil)
	add("etc/passwd", 0o644, 0, []byte("trail403:x:"+user+":"+user+"::/tmp:/sbin/nologin\n"))
	add("etc/group", 0o644, 0, []byte("trail403:x:"+user+":\n"))
	add(certificates, 0o644, 0, roots.Bytes())
	add(zones, 0o644, 0, zoneText)
	add(program, 0o755, 0, text)
	if err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}

// pack writes a folder as a tar archive, in the order of the names.
func pack(out, dir string, made time.Time) error {
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := tar.NewWriter(f)
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		h := &tar.Header{Name: filepath.ToSlash(name), Mode: 0o644, Size: int64(len(text)), ModTime: made}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	})
	if err == nil {
		err = w.Close()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	return err
}
