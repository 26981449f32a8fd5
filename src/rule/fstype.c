/* SPDX-License-Identifier: Apache-2.0
 *
 * Each list is that of the kernel's parser, tried on Linux 6.18 with fsconfig(2); names
 * that older kernels take are kept where 6.18 dropped them.
 */
#include "fstype.h"

#define FLAG(name)                                                                       \
    {                                                                                    \
        name, VALUE_NONE, false, NULL                                                    \
    }
#define FLAG_NO(name)                                                                    \
    {                                                                                    \
        name, VALUE_NONE, true, NULL                                                     \
    }
#define VALUE(name, kind)                                                                \
    {                                                                                    \
        name, VALUE_##kind, false, NULL                                                  \
    }
#define WORDS(name, words)                                                               \
    {                                                                                    \
        name, VALUE_WORD, false, words                                                   \
    }

/* mm/shmem.c shmem_fs_parameters; quotas and casefold need kernels built with them. */
static const struct fstype_option tmpfs[] = {
    VALUE("size", SHARE),
    VALUE("mode", OCTAL),
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("nr_inodes", LIMIT),
    VALUE("nr_blocks", LIMIT),
    WORDS("huge", "never always within_size advise"),
    VALUE("mpol", TEXT),
    FLAG("inode32"),
    FLAG("inode64"),
    FLAG("noswap"),
    FLAG("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    VALUE("usrquota_block_hardlimit", BYTES),
    VALUE("usrquota_inode_hardlimit", BYTES),
    VALUE("grpquota_block_hardlimit", BYTES),
    VALUE("grpquota_inode_hardlimit", BYTES),
    VALUE("casefold", OPEN),
    FLAG("strict_encoding"),
};

/* fs/devpts/inode.c */
static const struct fstype_option devpts[] = {
    FLAG("newinstance"), VALUE("ptmxmode", OCTAL), VALUE("mode", OCTAL),
    VALUE("gid", GID),   VALUE("uid", UID),        VALUE("max", NUMBER),
};

/* fs/proc/root.c proc_fs_parameters */
static const struct fstype_option proc[] = {
    WORDS("hidepid", "0 1 2 4 off noaccess invisible ptraceable"),
    VALUE("gid", GID),
    WORDS("subset", "pid"),
    VALUE("pidns", TEXT),
};

/* kernel/cgroup/cgroup.c cgroup2_fs_parameters */
static const struct fstype_option cgroup2[] = {
    FLAG("nsdelegate"),
    FLAG("favordynmods"),
    FLAG("memory_localevents"),
    FLAG("memory_recursiveprot"),
    FLAG("memory_hugetlb_accounting"),
    FLAG("pids_localevents"),
};

/* kernel/cgroup/cgroup-v1.c cgroup1_fs_parameters; the names of controllers as well. */
static const struct fstype_option cgroup[] = {
    FLAG("all"),
    FLAG("none"),
    FLAG("clone_children"),
    FLAG("cpuset_v2_mode"),
    FLAG_NO("favordynmods"),
    FLAG("noprefix"),
    FLAG("xattr"),
    VALUE("name", TEXT),
    VALUE("release_agent", TEXT),
    FLAG("blkio"),
    FLAG("cpu"),
    FLAG("cpuacct"),
    FLAG("cpuset"),
    FLAG("devices"),
    FLAG("freezer"),
    FLAG("hugetlb"),
    FLAG("memory"),
    FLAG("misc"),
    FLAG("net_cls"),
    FLAG("net_prio"),
    FLAG("perf_event"),
    FLAG("pids"),
    FLAG("rdma"),
    FLAG("nsdelegate"), /* runtimes mount cgroup2 where the host has it */
    FLAG("memory_recursiveprot"),
};

/* fs/overlayfs/params.c ovl_parameter_spec */
static const struct fstype_option overlay[] = {
    VALUE("lowerdir", PATH),
    VALUE("upperdir", PATH),
    VALUE("workdir", PATH),
    VALUE("lowerdir+", PATH),
    VALUE("datadir+", PATH),
    FLAG("default_permissions"),
    WORDS("redirect_dir", "on off follow nofollow"),
    WORDS("index", "on off"),
    WORDS("uuid", "on off null auto"),
    WORDS("nfs_export", "on off"),
    WORDS("xino", "on off auto"),
    WORDS("metacopy", "on off"),
    WORDS("verity", "on off require"),
    WORDS("fsync", "auto volatile strict"),
    FLAG("userxattr"),
    FLAG("volatile"),
    FLAG_NO("override_creds"),
};

/* fs/hugetlbfs/inode.c */
static const struct fstype_option hugetlbfs[] = {
    VALUE("size", SHARE),     VALUE("min_size", SHARE), VALUE("nr_inodes", LIMIT),
    VALUE("mode", OCTAL),     VALUE("uid", UID),        VALUE("gid", GID),
    VALUE("pagesize", BYTES),
};

/* fs/debugfs/inode.c, fs/tracefs/inode.c */
static const struct fstype_option debugfs[] = {
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("mode", OCTAL),
};

/* kernel/bpf/inode.c bpf_fs_parameters */
static const struct fstype_option bpf[] = {
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("mode", OCTAL),
    VALUE("delegate_cmds", TEXT),
    VALUE("delegate_maps", TEXT),
    VALUE("delegate_progs", TEXT),
    VALUE("delegate_attachs", TEXT),
};

/* fs/ramfs/inode.c */
static const struct fstype_option ramfs[] = {
    VALUE("mode", OCTAL),
};

/* fs/fuse/inode.c fuse_fs_parameters; what sshfs and the like take themselves never
 * reaches the kernel. */
static const struct fstype_option fuse[] = {
    VALUE("fd", NUMBER),       VALUE("rootmode", OCTAL),    VALUE("user_id", UID),
    VALUE("group_id", GID),    FLAG("default_permissions"), FLAG("allow_other"),
    VALUE("max_read", NUMBER), VALUE("blksize", NUMBER),    VALUE("subtype", TEXT),
};

/* fs/ext4/super.c ext4_param_specs, for ext2 and ext3 as well. */
static const struct fstype_option ext[] = {
    FLAG("bsddf"),
    FLAG("minixdf"),
    FLAG("grpid"),
    FLAG("nogrpid"),
    FLAG("bsdgroups"),
    FLAG("sysvgroups"),
    VALUE("resuid", UID),
    VALUE("resgid", GID),
    VALUE("sb", NUMBER),
    WORDS("errors", "continue remount-ro panic"),
    FLAG("nouid32"),
    FLAG("debug"),
    FLAG("oldalloc"),
    FLAG("orlov"),
    FLAG_NO("user_xattr"),
    FLAG_NO("acl"),
    FLAG("bh"),
    FLAG("nobh"),
    VALUE("commit", NUMBER),
    VALUE("max_batch_time", NUMBER),
    VALUE("min_batch_time", NUMBER),
    VALUE("journal_dev", NUMBER),
    VALUE("journal_path", TEXT),
    FLAG_NO("journal_checksum"),
    FLAG("journal_async_commit"),
    FLAG("abort"),
    WORDS("data", "journal ordered writeback"),
    WORDS("data_err", "abort ignore"),
    VALUE("usrjquota", TEXT),
    VALUE("grpjquota", TEXT),
    WORDS("jqfmt", "vfsold vfsv0 vfsv1"),
    FLAG_NO("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    FLAG("prjquota"),
    {"barrier", VALUE_SWITCH, true, NULL},
    FLAG("i_version"),
    VALUE("dax", SWITCH),
    VALUE("stripe", NUMBER),
    FLAG_NO("delalloc"),
    FLAG_NO("warn_on_error"),
    VALUE("debug_want_extra_isize", NUMBER),
    FLAG_NO("mblk_io_submit"),
    FLAG_NO("block_validity"),
    VALUE("inode_readahead_blks", NUMBER),
    VALUE("journal_ioprio", NUMBER),
    {"auto_da_alloc", VALUE_SWITCH, true, NULL},
    FLAG("dioread_lock"),
    FLAG_NO("dioread_nolock"),
    FLAG_NO("discard"),
    {"init_itable", VALUE_SWITCH, true, NULL},
    VALUE("max_dir_size_kb", NUMBER),
    VALUE("test_dummy_encryption", SWITCH),
    FLAG("inlinecrypt"),
    FLAG("no_mbcache"),
    FLAG("nombcache"),
    FLAG("prefetch_block_bitmaps"),
    FLAG("no_prefetch_block_bitmaps"),
    VALUE("mb_optimize_scan", NUMBER),
    FLAG("noload"),
    FLAG("norecovery"),
    FLAG_NO("check"),
    FLAG_NO("reservation"),
};

/* fs/xfs/xfs_super.c xfs_fs_parameters */
static const struct fstype_option xfs[] = {
    VALUE("logbufs", NUMBER),
    VALUE("logbsize", BYTES),
    VALUE("logdev", TEXT),
    VALUE("rtdev", TEXT),
    FLAG("wsync"),
    FLAG("noalign"),
    FLAG("swalloc"),
    VALUE("sunit", NUMBER),
    VALUE("swidth", NUMBER),
    FLAG("nouuid"),
    FLAG_NO("grpid"),
    FLAG("bsdgroups"),
    FLAG("sysvgroups"),
    VALUE("allocsize", BYTES),
    FLAG("norecovery"),
    FLAG("inode32"),
    FLAG("inode64"),
    FLAG_NO("ikeep"),
    FLAG_NO("largeio"),
    FLAG_NO("attr2"),
    FLAG("filestreams"),
    FLAG_NO("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    FLAG("prjquota"),
    FLAG("uquota"),
    FLAG("gquota"),
    FLAG("pquota"),
    FLAG("uqnoenforce"),
    FLAG("gqnoenforce"),
    FLAG("pqnoenforce"),
    FLAG("qnoenforce"),
    FLAG_NO("discard"),
    VALUE("dax", SWITCH),
    VALUE("max_open_zones", NUMBER),
    VALUE("max_atomic_write", BYTES),
    FLAG_NO("lifetime"),
    FLAG_NO("barrier"), /* up to Linux 4.18 */
};

/* fs/btrfs/super.c btrfs_fs_parameters */
static const struct fstype_option btrfs[] = {
    FLAG_NO("acl"),
    FLAG_NO("autodefrag"),
    FLAG_NO("barrier"),
    FLAG("clear_cache"),
    VALUE("commit", NUMBER),
    VALUE("compress", SWITCH),
    VALUE("compress-force", SWITCH),
    FLAG_NO("datacow"),
    FLAG_NO("datasum"),
    FLAG("degraded"),
    VALUE("device", TEXT),
    {"discard", VALUE_SWITCH, true, NULL},
    WORDS("fatal_errors", "bug panic"),
    FLAG_NO("flushoncommit"),
    FLAG_NO("inode_cache"),
    VALUE("max_inline", BYTES),
    VALUE("metadata_ratio", NUMBER),
    FLAG("norecovery"),
    FLAG("nologreplay"),
    FLAG("rescan_uuid_tree"),
    {"space_cache", VALUE_SWITCH, true, NULL},
    FLAG_NO("ssd"),
    FLAG_NO("ssd_spread"),
    VALUE("subvol", TEXT),
    VALUE("subvolid", TEXT),
    VALUE("thread_pool", NUMBER),
    FLAG_NO("treelog"),
    FLAG("user_subvol_rm_allowed"),
    FLAG("usebackuproot"),
    FLAG_NO("enospc_debug"),
    VALUE("rescue", TEXT),
    FLAG("skip_balance"),
};

/* fs/squashfs/super.c */
static const struct fstype_option squashfs[] = {
    WORDS("errors", "continue panic"),
    VALUE("threads", TEXT),
};

/* fs/erofs/super.c erofs_fs_parameters */
static const struct fstype_option erofs[] = {
    FLAG_NO("user_xattr"),
    FLAG_NO("acl"),
    WORDS("cache_strategy", "disabled readahead readaround"),
    VALUE("dax", SWITCH),
    VALUE("device", TEXT),
    VALUE("fsid", TEXT),
    VALUE("domain_id", TEXT),
    FLAG("directio"),
    VALUE("fsoffset", NUMBER),
};

/* fs/nfs/fs_context.c, what it needs at the least; mount.nfs(8) adds the rest. */
static const struct fstype_option nfs[] = {
    VALUE("addr", TEXT),
    VALUE("vers", TEXT),
    VALUE("nfsvers", TEXT),
    VALUE("proto", TEXT),
    VALUE("port", NUMBER),
    VALUE("rsize", NUMBER),
    VALUE("wsize", NUMBER),
    VALUE("timeo", NUMBER),
    VALUE("retrans", NUMBER),
    FLAG("hard"),
    FLAG("soft"),
    FLAG_NO("lock"),
    VALUE("sec", TEXT),
    VALUE("clientaddr", TEXT),
};

#define LIST(list) list, sizeof list / sizeof list[0]

static const struct fstype filesystems[] = {
    {"proc", REST_REFUSED, LIST(proc)},
    {"tmpfs", REST_REFUSED, LIST(tmpfs)},
    {"devpts", REST_REFUSED, LIST(devpts)},
    {"sysfs", REST_REFUSED, NULL, 0},
    {"mqueue", REST_REFUSED, NULL, 0},
    {"cgroup", REST_UNKNOWN, LIST(cgroup)},
    {"cgroup2", REST_REFUSED_HERE, LIST(cgroup2)},
    {"overlay", REST_REFUSED_HERE, LIST(overlay)},
    {"devtmpfs", REST_REFUSED, LIST(tmpfs)},
    {"securityfs", REST_REFUSED, NULL, 0},
    {"binfmt_misc", REST_REFUSED, NULL, 0},
    {"selinuxfs", REST_REFUSED, NULL, 0},
    {"configfs", REST_REFUSED, NULL, 0},
    {"hugetlbfs", REST_REFUSED, LIST(hugetlbfs)},
    {"tracefs", REST_REFUSED, LIST(debugfs)},
    {"debugfs", REST_IGNORED, LIST(debugfs)},
    {"bpf", REST_IGNORED, LIST(bpf)},
    {"ramfs", REST_IGNORED, LIST(ramfs)},
    {"fuse", REST_REFUSED_HERE, LIST(fuse)},
    {"fuseblk", REST_REFUSED_HERE, LIST(fuse)},
    {"ext4", REST_REFUSED_HERE, LIST(ext)},
    {"ext3", REST_REFUSED_HERE, LIST(ext)},
    {"ext2", REST_REFUSED_HERE, LIST(ext)},
    {"xfs", REST_REFUSED_HERE, LIST(xfs)},
    {"btrfs", REST_REFUSED_HERE, LIST(btrfs)},
    {"squashfs", REST_REFUSED_HERE, LIST(squashfs)},
    {"erofs", REST_REFUSED_HERE, LIST(erofs)},
    {"nfs", REST_UNKNOWN, LIST(nfs)},
    {"nfs4", REST_UNKNOWN, LIST(nfs)},
};

enum { FILESYSTEMS = sizeof filesystems / sizeof filesystems[0] };

/* In place: names are short, and mostly differ in their first letters. */
static bool is_name(const char *name, struct str text)
{
    size_t i = 0;
    while (i < text.len && name[i] != '\0' && name[i] == text.at[i])
        i++;
    return i == text.len && name[i] == '\0';
}

const struct fstype *fstype_find(struct str type)
{
    const char *dot = type.len > 0 ? memchr(type.at, '.', type.len) : NULL;
    if (dot != NULL)
        type.len = (size_t)(dot - type.at);
    for (size_t i = 0; type.len > 0 && i < FILESYSTEMS; i++) {
        if (is_name(filesystems[i].type, type))
            return &filesystems[i];
    }
    return NULL;
}

const struct fstype_option *fstype_option(const struct fstype *filesystem,
                                          struct str name, bool *negated)
{
    bool no = name.len > 2 && name.at[0] == 'n' && name.at[1] == 'o';
    *negated = false;
    for (size_t i = 0; i < filesystem->count; i++) {
        const struct fstype_option *option = &filesystem->options[i];
        if (is_name(option->name, name))
            return option;
        if (no && option->negated &&
            is_name(option->name, (struct str){name.at + 2, name.len - 2})) {
            *negated = true;
            return option;
        }
    }
    return NULL;
}

bool fstype_option_exists(struct str name)
{
    bool negated;
    for (size_t i = 0; i < FILESYSTEMS; i++) {
        if (fstype_option(&filesystems[i], name, &negated) != NULL)
            return true;
    }
    return false;
}
