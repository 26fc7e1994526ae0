"""An RTSP camera that is not ours: GStreamer's RTSP server. Prints "READY <port>" when it serves rtsp://127.0.0.1:<port>/stream.

Arguments: port (0 = any free), codec (h264 or h265), key frame distance in frames.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=400 key-int-max={gop} ! rtph264pay",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate=400 key-int-max={gop} ! rtph265pay",
}


def main() -> None:
    port, codec, gop = sys.argv[1], sys.argv[2], sys.argv[3]
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    encoder = ENCODERS[codec].format(gop=gop)
    factory.set_launch(
        "( videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=12/1"
        f" ! {encoder} name=pay0 pt=96 config-interval=1 )"
    )
    # One pipeline per client: a shared one aborts the server when a second client plays (gst_rtsp_media_get_rates).
    factory.set_shared(False)
    server.get_mount_points().add_factory("/stream", factory)
    if server.attach(None) == 0:
        sys.exit("the port is taken")
    print(f"READY {server.get_bound_port()}", flush=True)
    GLib.MainLoop().run()


main()
