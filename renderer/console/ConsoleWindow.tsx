import { useEffect } from 'react';
import { LoginScreen } from '../access/index.ts';
import { useMapDesk } from '../map/index.ts';
import { useRoom } from '../room/index.ts';
import { AdvicePane } from './AdvicePane.tsx';
import lower from './AdvicePane.module.css';
import { CameraPane } from './CameraPane.tsx';
import { useConsole } from './ConsoleContext.tsx';
import classes from './ConsoleWindow.module.css';
import { EvidencePanel } from './EvidencePanel.tsx';
import { Header } from './Header.tsx';
import { HealthPanel } from './HealthPanel.tsx';
import { HelpOverlay } from './HelpOverlay.tsx';
import { IncidentPane } from './IncidentPane.tsx';
import { listenForKeys } from './keys.ts';
import { MapPane } from './MapPane.tsx';
import { Notices } from './Notices.tsx';
import { PreviewPane } from './PreviewPane.tsx';
import { WallPane } from './WallPane.tsx';

/** The operator's window: who sits here, the territory's cameras, the one looked at, and the Wall in small. */
export function ConsoleWindow() {
  const { view, signIn } = useConsole();
  const isSignedIn = useRoom(({ person }) => person !== null);
  const desk = useMapDesk();
  useEffect(() => listenForKeys(window, { view, desk }), [view, desk]);
  if (!isSignedIn) return <LoginScreen signIn={signIn} />;
  return (
    <div className={classes.window}>
      <Header />
      <IncidentPane />
      <CameraPane />
      <MapPane />
      <div className={lower.lower}>
        <div className={lower.preview}>
          <PreviewPane />
        </div>
        <AdvicePane />
      </div>
      <WallPane />
      <Notices />
      <HelpOverlay />
      <HealthPanel />
      <EvidencePanel />
    </div>
  );
}
