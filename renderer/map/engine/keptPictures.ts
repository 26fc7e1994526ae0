/** Pictures as large as the canvas: what lies below the layers of our own, that with those of them that change seldom, and what lies above all of them. */
export type KeptPictures = {
  /** Keeps what is on the canvas now. */
  keep(which: KeptPicture): void;
  /** Draws a kept picture over the whole canvas, the land as it is and the names over what is there. */
  draw(which: KeptPicture): void;
  close(): void;
};
export type KeptPicture = 'land' | 'still' | 'names';

const vs = `#version 300 es
void main(void) {
  gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0);
}
`;

// Point by point: a kept picture is as large as the canvas, and is to come back as it was.
const fs = `#version 300 es
precision highp float;
uniform sampler2D picture;
out vec4 fragColor;
void main(void) {
  fragColor = texelFetch(picture, ivec2(gl_FragCoord.xy), 0);
}
`;

/** Opens them on the map's own context; they take no memory before something is kept. */
export function openKeptPictures(gl: WebGL2RenderingContext): KeptPictures {
  const program = makeProgram(gl);
  const corners = gl.createVertexArray();
  const held = new Map<KeptPicture, { readonly texture: WebGLTexture; readonly width: number; readonly height: number }>();
  const roomFor = (which: KeptPicture) => {
    // Of the canvas and not of the context: of a part of a larger picture that one answers the whole's.
    const { width, height } = gl.canvas;
    const before = held.get(which);
    if (before !== undefined && before.width === width && before.height === height) return before;
    if (before !== undefined) gl.deleteTexture(before.texture);
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
    const room = { texture, width, height };
    held.set(which, room);
    return room;
  };
  return {
    keep: (which) => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.activeTexture(gl.TEXTURE0);
      const { texture, width, height } = roomFor(which);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 0, 0, width, height);
      gl.bindTexture(gl.TEXTURE_2D, null);
    },
    draw: (which) => {
      const picture = held.get(which);
      if (picture === undefined) return;
      prepare(gl);
      if (which === 'names') {
        gl.enable(gl.BLEND);
        gl.blendEquation(gl.FUNC_ADD);
        gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      }
      gl.useProgram(program);
      gl.bindVertexArray(corners);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, picture.texture);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      gl.bindTexture(gl.TEXTURE_2D, null);
      gl.bindVertexArray(null);
    },
    close: () => {
      for (const { texture } of held.values()) gl.deleteTexture(texture);
      held.clear();
      gl.deleteProgram(program);
      gl.deleteVertexArray(corners);
    },
  };
}

/** The state in which a whole canvas is written. */
function prepare(gl: WebGL2RenderingContext): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  for (const test of [gl.BLEND, gl.DEPTH_TEST, gl.STENCIL_TEST, gl.SCISSOR_TEST, gl.CULL_FACE]) gl.disable(test);
  gl.colorMask(true, true, true, true);
}

function makeProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vs],
    [gl.FRAGMENT_SHADER, fs],
  ] as const) {
    const shader = gl.createShader(kind);
    // Null: the context is lost, and whatever is made on it draws nothing.
    if (shader === null) return program;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return program;
}
