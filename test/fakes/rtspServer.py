"""An RTSP camera that is not ours: GStreamer's RTSP server. Prints "READY <port>" when it serves rtsp://127.0.0.1:<port>/stream.

Argument: JSON with port (0 = any free), codec (h264 or h265), profile (of H.264, or null), bFrames, sound (none or pcma), gopFrames, size ([width, height]), transport (any, tcp or udp),
account ({user, password, scheme: digest or basic} or null), clock (right, or boot: its reports count from 1900, as cameras without a
battery do).
A line "WIDTH HEIGHT" on its standard input changes the size of all pictures that play.
"""

import json
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

ENCODERS = {
    "h264": "x264enc tune={tune} bframes={bframes} b-adapt=false dct8x8={dct} speed-preset=ultrafast bitrate=400 key-int-max={gop} ! {form}rtph264pay",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate=400 key-int-max={gop} ! rtph265pay",
}
TRANSPORTS = {
    "tcp": GstRtsp.RTSPLowerTrans.TCP,
    "udp": GstRtsp.RTSPLowerTrans.UDP,
    "any": GstRtsp.RTSPLowerTrans.TCP | GstRtsp.RTSPLowerTrans.UDP,
}


def count_from_1900(media: GstRtspServer.RTSPMedia) -> None:
    for element in media.get_element().get_parent().children:
        if element.get_factory().get_name() == "rtpbin":
            element.set_property("ntp-time-source", 2)


def caps(width: str, height: str) -> str:
    return f"video/x-raw,format=I420,width={width},height={height},framerate=12/1"


def resize(playing: list, line: str) -> None:
    width, height = line.split()
    for media in playing:
        media.get_element().get_by_name("size").set_property("caps", Gst.Caps.from_string(caps(width, height)))


def demand(server: GstRtspServer.RTSPServer, factory: GstRtspServer.RTSPMediaFactory, account: dict) -> None:
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    user, password = account["user"], account["password"]
    if account["scheme"] == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


def main() -> None:
    asked = json.loads(sys.argv[1])
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(asked["port"]))
    factory = GstRtspServer.RTSPMediaFactory()
    form = "" if asked["profile"] is None else f"video/x-h264,profile={asked['profile']} ! "
    # zerolatency takes B frames away.
    tune = "zerolatency" if asked["bFrames"] == 0 else "0"
    encoder = ENCODERS[asked["codec"]].format(gop=asked["gopFrames"], tune=tune, bframes=asked["bFrames"], form=form, dct=asked["profile"] == "high")
    sound = "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8"
    width, height = asked["size"]
    factory.set_launch(
        f"( videotestsrc is-live=true pattern=ball ! capsfilter name=size caps={caps(width, height)}"
        f" ! {encoder} name=pay0 pt=96 config-interval=1 {sound if asked['sound'] == 'pcma' else ''} )"
    )
    # One pipeline per client: a shared one aborts the server when a second client plays (gst_rtsp_media_get_rates).
    factory.set_shared(False)
    factory.set_protocols(TRANSPORTS[asked["transport"]])
    playing: list = []

    def configure(media: GstRtspServer.RTSPMedia) -> None:
        playing.append(media)
        if asked["clock"] == "boot":
            media.connect("prepared", count_from_1900)

    factory.connect("media-configure", lambda _factory, media: configure(media))
    GLib.io_add_watch(
        sys.stdin.fileno(), GLib.IO_IN, lambda *_: resize(playing, sys.stdin.readline()) or True
    )
    if asked["account"] is not None:
        demand(server, factory, asked["account"])
    server.get_mount_points().add_factory("/stream", factory)
    if server.attach(None) == 0:
        sys.exit("the port is taken")
    print(f"READY {server.get_bound_port()}", flush=True)
    GLib.MainLoop().run()


main()
