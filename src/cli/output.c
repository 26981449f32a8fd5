/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "reporters.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

void print_fault(const struct fault *fault)
{
    AUTO_BUF struct buf line = {0};
    buf_adds(&line, STR("speclint: "));
    if (fault->path[0] != '\0') {
        buf_add_visible(&line, str_of(fault->path));
        if (fault->line > 0)
            buf_addf(&line, ":%u:%u", fault->line, fault->column);
        buf_adds(&line, STR(": "));
    }
    buf_adds(&line, str_of(fault->text));
    buf_addc(&line, '\n');
    fwrite(line.data, 1, line.len, stderr);
}

static bool write_all(FILE *stream, const char *name, struct str text)
{
    if (fwrite(text.at, 1, text.len, stream) == text.len && fflush(stream) == 0)
        return true;
    if (errno != EPIPE)
        fprintf(stderr, "speclint: %s cannot be written: %s\n", name, strerror(errno));
    return false;
}

bool print_all(struct str text)
{
    return write_all(stdout, "stdout", text);
}

/* What a CI calls the root of the project; NULL elsewhere. */
static const char *ci_root(void)
{
    static const char *const names[] = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *root = getenv(names[i]);
        if (root != NULL && root[0] == '/')
            return root;
    }
    return NULL;
}

static unsigned terminal_width(FILE *stream)
{
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 0;
}

void outputs_init(struct outputs *outputs, const struct settings *settings,
                  bool all_to_stderr)
{
    static const struct format default_format = {&report_text, NULL};
    size_t count = settings->format_count;
    *outputs = (struct outputs){
        .settings = settings, .count = count ? count : 1, .all_to_stderr = all_to_stderr};
    outputs->folder = getcwd(NULL, 0);
    for (size_t i = 0; i < outputs->count; i++) {
        const struct format *format = count ? &settings->formats[i] : &default_format;
        FILE *stream = all_to_stderr ? stderr : stdout;
        bool terminal = format->file == NULL && isatty(fileno(stream));
        bool color = format->file == NULL && settings_color(settings, stream);
        outputs->reports[i] = (struct report){
            .reporter = format->reporter,
            .folder = outputs->folder,
            .root = ci_root(),
            .width = terminal ? terminal_width(stream) : 0,
            .color = color,
            .links = terminal && color,
            .only_list = settings->quiet,
        };
    }
}

static const char *file_of(const struct outputs *outputs, size_t i)
{
    return outputs->settings->format_count ? outputs->settings->formats[i].file : NULL;
}

/* What is ready for a terminal or a log goes there at once; a file is written at the end.
 */
static void flush_streams(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++) {
        struct report *report = &outputs->reports[i];
        if (file_of(outputs, i) != NULL || report->out.len == 0)
            continue;
        bool to_stderr = outputs->all_to_stderr;
        if (!outputs->stream_failed &&
            !write_all(to_stderr ? stderr : stdout, to_stderr ? "stderr" : "stdout",
                       buf_str(&report->out)))
            outputs->stream_failed = outputs->failed = true;
        buf_clear(&report->out);
    }
}

void outputs_findings(struct outputs *outputs, struct doc *doc,
                      const struct findings *findings)
{
    for (size_t i = 0; i < outputs->count; i++)
        report_findings(&outputs->reports[i], doc, findings);
    flush_streams(outputs);
}

void outputs_repairs(struct outputs *outputs, struct doc *doc,
                     const struct repair_entry *repairs, size_t count)
{
    for (size_t i = 0; i < outputs->count; i++)
        report_repairs(&outputs->reports[i], doc, repairs, count);
    flush_streams(outputs);
}

void outputs_fault(struct outputs *outputs, const struct fault *fault)
{
    print_fault(fault);
    for (size_t i = 0; i < outputs->count; i++)
        report_fault(&outputs->reports[i], fault);
}

bool write_file(const char *path, const char *mode, struct str text)
{
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        fprintf(stderr, "speclint: %s cannot be written: %s\n", path, strerror(errno));
        return false;
    }
    bool written = write_all(file, path, text);
    if (fclose(file) != 0 && written) {
        fprintf(stderr, "speclint: %s cannot be written: %s\n", path, strerror(errno));
        return false;
    }
    return written;
}

bool outputs_end(struct outputs *outputs, const struct report_summary *summary)
{
    for (size_t i = 0; i < outputs->count; i++) {
        report_end(&outputs->reports[i], summary);
        const char *file = file_of(outputs, i);
        const char *step = getenv("GITHUB_STEP_SUMMARY");
        const struct report *report = &outputs->reports[i];
        if (file != NULL && !write_file(file, "we", buf_str(&report->out)))
            outputs->failed = true;
        if (report->step_summary.len > 0 && step != NULL && step[0] != '\0' &&
            !write_file(step, "ae", buf_str(&report->step_summary)))
            outputs->failed = true;
    }
    flush_streams(outputs);
    return !outputs->failed;
}

bool outputs_statistics(struct outputs *outputs, struct statistics *statistics)
{
    AUTO_BUF struct buf out = {0};
    bool to_stderr = outputs->all_to_stderr;
    for (size_t i = 0; i < outputs->count; i++)
        to_stderr = to_stderr || (file_of(outputs, i) == NULL &&
                                  outputs->reports[i].reporter != &report_text);
    statistics_print(statistics, &out);
    return write_all(to_stderr ? stderr : stdout, to_stderr ? "stderr" : "stdout",
                     buf_str(&out));
}

void outputs_release(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        report_release(&outputs->reports[i]);
    free(outputs->folder);
}
