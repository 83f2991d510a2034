package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// screenshots is where make screenshots wants them.
var screenshots = flag.String("screenshots", "", "write screenshots into this `folder`")

// The demo and an archive with many groups, at the widths of a phone, a tablet and a
// desktop, in both themes: for somebody to look at.
func TestScreenshots(t *testing.T) {
	archives := map[string]string{"demo": "../../../testdata/demo"}
	themes, widths, dir := []string{"light"}, []int{390}, t.TempDir() // that they can be taken
	if *screenshots != "" {
		archives["crowd"] = crowd(t, 5000)
		themes, widths, dir = []string{"light", "dark"}, []int{390, 1024, 1600}, *screenshots
	}
	chromium(t)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, archive := range archives {
		page := "file://" + filepath.Join(reportOn(t, archive), "report.html")
		for _, theme := range themes {
			for _, width := range widths {
				b := open(t, page, themed(theme), chromedp.EmulateViewport(int64(width), 1000)).ready()
				var first, all []byte
				b.run(chromedp.CaptureScreenshot(&first), chromedp.FullScreenshot(&all, 90))
				base := filepath.Join(dir, fmt.Sprintf("%s-%d-%s", name, width, theme))
				for file, data := range map[string][]byte{base + ".png": first, base + "-all.jpg": all} {
					if err := os.WriteFile(file, data, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}
